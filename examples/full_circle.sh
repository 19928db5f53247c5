#!/bin/sh
# The whole circle: take in, see, propose, approve, send, let the platform take it, export again, verify, evaluate.
# Works in the empty store that MERCHANT_STORE names and leaves it there; needs no network.
#   MERCHANT_STORE=circle.db sh examples/full_circle.sh       MERCHANT_LANG=zh for Chinese
# MERCHANT and PYTHON name the programs if they are not on the path nor in .venv.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$here")

case ${MERCHANT_LANG:-${LC_ALL:-${LANG:-en}}} in zh*) MERCHANT_LANG=zh ;; *) MERCHANT_LANG=en ;; esac
: "${MERCHANT_SETTLE:=0}"
export MERCHANT_LANG MERCHANT_SETTLE

say() { # English, Chinese: one line to the reader
  if [ "$MERCHANT_LANG" = zh ]; then printf '\n== %s\n' "$2"; else printf '\n== %s\n' "$1"; fi
}
fail() {
  say "$1" "$2" >&2
  exit 1
}

if [ -z "${MERCHANT:-}" ]; then
  MERCHANT=$root/.venv/bin/merchant
  [ -x "$MERCHANT" ] || MERCHANT=merchant
fi
command -v "$MERCHANT" >/dev/null || fail "merchant was not found: set MERCHANT." "找不到 merchant，请设置 MERCHANT。"
if [ -z "${PYTHON:-}" ]; then
  PYTHON=$root/.venv/bin/python
  [ -x "$PYTHON" ] || PYTHON=python3
fi
"$PYTHON" -c 'import openpyxl' 2>/dev/null \
  || fail "A Python with openpyxl is needed: set PYTHON." "需要装有 openpyxl 的 Python，请设置 PYTHON。"

[ -n "${MERCHANT_STORE:-}" ] || fail "Set MERCHANT_STORE to a store that does not exist yet." \
  "请用 MERCHANT_STORE 指定一个尚不存在的数据库。"
if [ -e "$MERCHANT_STORE" ] && "$MERCHANT" imports --json | grep -q '"count": [1-9]'; then
  fail "The store $MERCHANT_STORE is not empty: name another one." "数据库 $MERCHANT_STORE 不是空的，请另指定一个。"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
shop=$work/shopify
mkdir "$shop"

platform() { PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "$here/simulator" "$@"; }
take_in() { "$MERCHANT" import "$@" || [ $? -eq 3 ]; } # 3: some rows wait in quarantine

# The numbers of the proposals, or how many there are: state (a pattern) and whether it is evaluated (true, false or .*).
proposals() {
  "$MERCHANT" proposals --json | "$PYTHON" -c '
import json, re, sys
for row in json.load(sys.stdin)["rows"]:
    evaluated = str(bool(row["evaluated"])).lower()
    if re.fullmatch(sys.argv[1], row["state"]) and re.fullmatch(sys.argv[2], evaluated):
        print(row["number"])
' "$1" "$2"
}
counted() { proposals "$1" "$2" | wc -l | tr -d ' '; }

say "1. The exports and sheets of the example shop are taken in." "1. 导入示例店铺的导出文件和表格。"
take_in "$here/shop" >"$work/receipts"
cp "$here/shop/products_export_20261115.csv" "$here/shop/inventory_export_20261115.csv" \
  "$here/shop/orders_export_20261115.csv" "$shop"

say "2. What is to be done today." "2. 今天要做什么。"
"$MERCHANT" today --limit 5

say "3. Three alerts become proposals: fewer units online, a higher price, an order to a supplier." \
  "3. 把三项提醒变成建议：下调上架数量、提价、向供应商下单。"
"$MERCHANT" inventory oversold --propose
"$MERCHANT" listings below-floor --propose
"$MERCHANT" inventory reorder --row sku:JJ-3005-NA --propose

day=$(platform day "$shop")
say "4. The merchant says yes; the effect is to be measured on $day." "4. 商家批准，并定于 $day 衡量效果。"
# shellcheck disable=SC2046 # one word a number
"$MERCHANT" proposals approve $(proposals proposed '.*') --yes --check-day "$day"

say "5. What was approved becomes files for the platform and the supplier." "5. 把已批准的建议生成平台和供应商的文件。"
"$MERCHANT" send -o "$work/upload"
old=$(platform show shopify "$shop" BZ-2004-BR "Variant Price")

say "6. The platform takes the two files." "6. 平台接收两个文件。"
for file in "$work"/upload/shopify-*.csv; do platform apply shopify "$shop" "$file"; done

say "7. A colleague puts the old price back, and nobody tells the merchant." "7. 同事把价格改了回去，没有告诉商家。"
platform edit shopify "$shop" BZ-2004-BR "Variant Price" "$old"

say "8. The platform's next product export shows what is there and what is not." \
  "8. 平台的下一份商品导出显示哪些已生效、哪些没有。"
sleep 1 # the export is made after the sending, which is kept to the second
platform export shopify "$shop" "$work/verified" --only products
take_in "$work/verified"
"$MERCHANT" proposals

say "9. Days go by: customers buy, and the supplier delivers." "9. 几天过去：顾客下单，供应商到货。"
platform sell "$shop" --first BZ-2004-BR
for file in "$work"/upload/supplier-*order-*.xlsx; do
  case $file in *-diff.xlsx) ;; *) platform deliver "$shop" "$file" --location Brooklyn ;; esac
done

say "10. The exports of the check day tell the effect, before and after." "10. 检查日的导出说明效果：之前与之后。"
platform export shopify "$shop" "$work/evaluated"
take_in "$work/evaluated"
"$MERCHANT" proposals

verified=$(counted verified '.*') not_applied=$(counted 'not applied' '.*') evaluated=$(counted '.*' true)
say "verified: $verified, not applied: $not_applied, evaluated: $evaluated" \
  "已生效：$verified，未生效：$not_applied，已评估：$evaluated"
[ "$verified" -gt 0 ] && [ "$not_applied" -gt 0 ] && [ "$evaluated" -gt 0 ] \
  || fail "The circle is not closed." "闭环没有完成。"
