"""Files whose headers are in the language of the shop: header rows as the platforms write them, with invented rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import rows, taken

# Header of WooCommerce's product export by language, down to the columns that are read, and one product.
WOOCOMMERCE = {
    "de": "ID,Typ,Artikelnummer,Name,Veröffentlicht,Ist hervorgehoben?,Lager,Angebotspreis,Regulärer Preis,Kategorien,"
          "Übergeordnetes Produkt,Attribut 1 Name,Attribut 1 Wert(e)",
    "es": "ID,Tipo,SKU,Nombre,Publicado,¿Está destacado?,Inventario,Precio rebajado,Precio normal,Categorías,Superior,"
          "Nombre del atributo 1,Valor(es) del atributo 1",
    "fr": "ID,Type,UGS,Nom,Publié,Mis en avant ?,Stock,Tarif promo,Tarif régulier,Catégories,Parent,"
          "Nom de l’attribut 1,Valeur(s) de l’attribut 1",
    "it": "ID,Tipo,COD,Nome,Pubblicato,In primo piano?,Magazzino,Prezzo in offerta,Prezzo di listino,Categorie,"
          "Genitore,Attributo 1 nome,Attributo 1 valuta(e)",
    "nl": "ID,Type,SKU,Naam,Gepubliceerd,Uitgelicht?,Voorraad,Actieprijs,Reguliere prijs,Categorieën,Hoofd,"
          "Naam eigenschap 1,Waarde eigenschap 1",
    "pl": "ID,Typ,SKU,Nazwa,Opublikowano,Wyróżniony produkt?,Stan magazynowy,Cena promocyjna,Cena,Kategorie,"
          "Element nadrzędny,Nazwa atrybutu 1,Wartości atrybutu 1",
    "ru": "ID,Тип,Артикул,Имя,Опубликован,рекомендуемый?,Запасы,Акционная цена,Базовая цена,Категории,Родительский,"
          "Имя атрибута 1,Значение(-я) аттрибута(-ов) 1",
    "pt_BR": "ID,Tipo,SKU,Nome,Publicado,Em destaque?,Estoque,Preço promocional,Preço,Categorias,Ascendente,"
             "Nome do atributo 1,Valores do atributo 1",
    "ja": "ID,タイプ,SKU,名前,公開済み,オススメですか ?,在庫,セール価格,標準価格,カテゴリー,親,属性 1 名称,属性 1 值",
    "zh_CN": "ID,类型,SKU,名称,已发布,是推荐产品？,库存,促销价格,常规售价,分类,父级,属性 1 名称,属性 1 值",
}  # fmt: skip
PRODUCT = '\n7,variation,MUG-R,Mug,1,0,4,"9,90","12,50",Cups,id:5,Colour,Red\n'


@pytest.mark.parametrize("language", WOOCOMMERCE)
def test_woocommerce_products_in_each_language(language: str, tmp_path: Path) -> None:
    path = tmp_path / "wc-product-export-1.csv"
    path.write_text(WOOCOMMERCE[language] + PRODUCT, encoding="utf-8-sig")
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is None and receipt.importer == "woocommerce products"
    assert rows(store, "SELECT listing_id, variant_id, code, title, category, options, price, compare_at, listed_units,"
                       " state FROM fact_listings") == [
        ("5", "7", "MUG-R", "Mug", "Cups", "Colour: Red", 990, 1250, 4, "live")
    ]  # fmt: skip


# Header of PayPal's activity download by language; day, time zone, type and state of a sale; how amounts are written.
PAYPAL = {
    "de": ("Datum,Uhrzeit,Zeitzone,Name,Typ,Status,Währung,Brutto,Gebühr,Netto,Transaktionscode,Rechnungsnummer,"
           "Auswirkung auf Guthaben", "18.06.2025,CEST,Website-Zahlung,Abgeschlossen,Haben"),
    "fr": ("Date,Heure,Fuseau horaire,Nom,Type,État,Devise,Avant commission,Commission,Net,Numéro de transaction,"
           "Numéro de facture,Impact sur le solde", "18/06/2025,CEST,Paiement standard,Terminé,Crédit"),
    "es": ("Fecha,Hora,Zona horaria,Nombre,Tipo,Estado,Divisa,Bruto,Tarifa,Neto,Id. de transacción,Id. de factura,"
           "Impacto en el saldo", "18/06/2025,CEST,Pago,Completado,Crédito"),
    "it": ("Data,Orario,Fuso orario,Nome,Tipo,Stato,Valuta,Lordo,Tariffa,Netto,Codice transazione,"
           "N° ordine commerciante,Impatto sul saldo", "18/06/2025,CEST,Pagamento da cellulare,Completata,Accredito"),
    "nl": ("Datum,Tijd,Tijdzone,Naam,Type,Status,Valuta,Bruto,Kosten,Netto,Transactie-ID,Factuurnummer,"
           "Invloed op saldo", "18/06/2025,CEST,Algemene betaling,Voltooid,Credit"),
}  # fmt: skip


@pytest.mark.parametrize("language", PAYPAL)
def test_paypal_in_each_language(language: str, tmp_path: Path) -> None:
    """1.100,00 − 28,24 = 1.071,76; 07:47:30 in CEST is 05:47:30 UTC."""
    header, said = PAYPAL[language]
    day, zone, kind, state, impact = said.split(",")
    row = f'{day},07:47:30,{zone},Erika,{kind},{state},EUR,"1.100,00","-28,24","1.071,76",TX1,1001,{impact}\n'
    path = tmp_path / "Download.CSV"
    path.write_text(f"{header}\n{row}", encoding="utf-8-sig")
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is None and receipt.importer == "paypal activity"
    assert rows(store, "SELECT kind, amount, currency, day, at, order_id FROM fact_money_moves ORDER BY amount") == [
        ("fee", -2824, "EUR", "2025-06-18", 1750225650, "1001"),
        ("sale", 110000, "EUR", "2025-06-18", 1750225650, "1001"),
    ]  # fmt: skip


META = {
    "de": "Tag;Kampagnenname;Ausgegebener Betrag (EUR);Impressionen;Link-Klicks",
    "fr": "Jour;Nom de la campagne;Montant dépensé (EUR);Impressions;Clics sur un lien",
    "es": "Día;Nombre de la campaña;Importe gastado (EUR);Impresiones;Clics en el enlace",
    "pt": "Dia;Nome da campanha;Valor usado (EUR);Impressões;Cliques no link",
}


@pytest.mark.parametrize("language", META)
def test_meta_ads_in_each_language(language: str, tmp_path: Path) -> None:
    """In a file with a decimal comma points and blanks part thousands, in counts too."""
    path = tmp_path / "report.csv"
    path.write_text(f"{META[language]}\n2025-06-18;Autumn;1.234,56;12.204;35\n2025-06-19;Autumn;2 000,00;1 204;5\n",
                    encoding="utf-8-sig")  # fmt: skip
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is None and receipt.importer == "meta_ads campaigns"
    assert rows(store, "SELECT from_day, to_day, spend, impressions, clicks, currency FROM fact_ads ORDER BY 1") == [
        ("2025-06-18", "2025-06-18", 123456, 12204, 35, "EUR"), ("2025-06-19", "2025-06-19", 200000, 1204, 5, "EUR")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Campaign report\nAll time\nCampaign status,Campaign,Currency code,Impr.,Clicks,Cost\nPaused,A,USD,5,1,2.00\n",
        "Session source / medium,Sessions,Total revenue\ngoogle / cpc,5,2\n",
    ],
)
def test_sums_of_no_stated_period_wait_for_a_name_that_states_it(text: str, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")
    _, (receipt,) = taken(tmp_path / "a", [path])
    assert receipt.problem is not None and receipt.problem.code == "no-period"
    named = path.rename(tmp_path / "report 2025-06-01 2025-06-30.csv")
    store, (receipt,) = taken(tmp_path / "b", [named])
    assert receipt.problem is None
    both = "SELECT from_day, to_day FROM fact_ads UNION ALL SELECT from_day, to_day FROM fact_traffic"
    assert rows(store, both) == [("2025-06-01", "2025-06-30")]
