"""WooCommerce writes the headers of its product CSV in the language of the site: their names, the English one last.

Seen in exports of shops and in the tools of shops that read them: German, Spanish, French, Italian, Dutch, Polish,
Russian, Brazilian Portuguese, Japanese and Chinese. Translations change over the years, so some have two names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

TYPE = ("Typ", "Tipo", "Тип", "タイプ", "类型", "Type")
SKU = ("Artikelnummer", "UGS", "COD", "Артикул", "SKU")
NAME = ("Nombre", "Nom", "Nome", "Naam", "Nazwa", "Имя", "名前", "名称", "Name")
PUBLISHED = ("Veröffentlicht", "Publicado", "Publié", "Pubblicato", "Gepubliceerd", "Opublikowano", "Опубликован",
             "公開済み", "已发布", "Published")  # fmt: skip
PARENT = ("Übergeordnetes Produkt", "Superior", "Genitore", "Hoofd", "Element nadrzędny", "Родительский", "Ascendente",
          "親", "父级", "Parent")  # fmt: skip
CATEGORIES = ("Kategorien", "Categorías", "Catégories", "Categorie", "Categorieën", "Kategorie", "Категории",
              "Categorias", "カテゴリー", "分类", "Categories")  # fmt: skip
SALE = ("Angebotspreis", "Precio rebajado", "Tarif promo", "Prezzo in offerta", "Actieprijs", "Cena promocyjna",
        "Акционная цена", "Цена распродажи", "Preço promocional", "セール価格", "促销价格", "Sale price")  # fmt: skip
REGULAR = ("Regulärer Preis", "Precio normal", "Tarif régulier", "Prezzo di listino", "Reguliere prijs", "Cena",
           "Базовая цена", "Preço", "標準価格", "通常価格", "常规售价", "Regular price")  # fmt: skip
STARTS = (
    "Datum, an dem Angebotspreis beginnt", "Día en que empieza el precio rebajado", "Date de début de promo",
    "Data di partenza del prezzo in saldo", "Startdatum actieprijs", "Data rozpoczęcia promocji",
    "Дата начала действия скидки", "Дата начала действия продажной цены", "Data de preço promocional começa em",
    "セール価格の開始日", "促销开始日期", "Date sale price starts",
)  # fmt: skip
ENDS = (
    "Datum, an dem Angebotspreis endet", "Día en que termina el precio rebajado", "Date de fin de promo",
    "Termine data del prezzo di vendita", "Einddatum actieprijs", "Data zakończenia promocji",
    "Дата окончания действия скидки", "Дата окончания действия продажной цены", "Data de preço promocional termina em",
    "セール価格の終了日", "促销截止日期", "Date sale price ends",
)  # fmt: skip
STOCK = ("Lager", "Inventario", "Magazzino", "Voorraad", "Stan magazynowy", "Запасы", "Estoque", "在庫", "库存",
         "Stock")  # fmt: skip

# `Attribute 1 name` and `Attribute 1 value(s)`; `#` stands for the number.
_ATTRIBUTES = (
    ("Attribute # name", "Attribute # value(s)"), ("Attribut # Name", "Attribut # Wert(e)"),
    ("Nombre del atributo #", "Valor(es) del atributo #"), ("Nom de l'attribut #", "Valeur(s) de l'attribut #"),
    ("Attributo # nome", "Attributo # valuta(e)"), ("Attributo # nome", "Attributo # valore(i)"),
    ("Naam eigenschap #", "Waarde eigenschap #"), ("Nazwa atrybutu #", "Wartości atrybutu #"),
    ("Имя атрибута #", "Значение(-я) аттрибута(-ов) #"), ("Имя атрибута #", "Значение(-я) атрибута(-ов) #"),
    ("Название атрибута #", "Значения атрибутов #"), ("Nome do atributo #", "Valores do atributo #"),
    ("属性 # 名称", "属性 # 值"),
)  # fmt: skip
MOST = 9  # attributes that are read


def either(*names: str) -> str:
    """One of the names, as `known_by` writes it."""
    return "|".join(dict.fromkeys(names))


def options(cells: Mapping[str, str]) -> str | None:
    """`Colour: Red; Size: M`: the attributes that the columns of a variation name; None if it has none."""
    plain = {re.sub(r"\s+", " ", name.replace("’", "'")).strip().casefold(): cell for name, cell in cells.items()}
    pairs = []
    for n in range(1, MOST + 1):
        for name, value in _ATTRIBUTES:
            if chosen := plain.get(value.replace("#", str(n)).casefold(), "").strip():
                pairs.append((plain.get(name.replace("#", str(n)).casefold(), "").strip(), chosen))
                break
    return "; ".join(f"{name}: {value}" for name, value in pairs) or None
