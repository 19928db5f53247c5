"""What PayPal's files call their columns, states and kinds of movement, in the languages that were seen.

German, French, Spanish, Italian and Dutch beside English; the English name last. `Description` stands for Type in the
account statement. The words of Type are provisional.
"""

from importers.bills import DEPOSIT, FEE, REFUND, SALE, SHIPPING, TAX, TRANSFER, WITHDRAWAL

DATE = ("Datum", "Fecha", "Data", "Date")
TIME = ("Uhrzeit", "Heure", "Hora", "Orario", "Tijd", "Time")
ZONE = ("Zeitzone", "Fuseau horaire", "Zona horaria", "Fuso orario", "Tijdzone", "Time Zone", "TimeZone")
TYPE = ("Typ", "Tipo", "Beschreibung", "Descripción", "Descrizione", "Omschrijving", "Type", "Description")
STATE = ("État", "Estado", "Stato", "Status")
CURRENCY = ("Währung", "Devise", "Divisa", "Valuta", "Currency")
GROSS = ("Brutto", "Avant commission", "Bruto", "Lordo", "Gross")
COST = ("Gebühr", "Entgelt", "Commission", "Comisión", "Tarifa", "Tariffa", "Kosten", "Fee")
NET = ("Netto", "Neto", "Net")
NUMBER = ("Transaktionscode", "Numéro de transaction", "Id. de transacción", "Codice transazione", "Transactie-ID",
          "Transaction ID")  # fmt: skip
INVOICE = ("Rechnungsnummer", "Numéro de facture", "Id. de factura", "Número de factura", "N° ordine commerciante",
           "Factuurnummer", "Invoice ID", "Invoice Number")  # fmt: skip
IMPACT = ("Auswirkung auf Guthaben", "Impact sur le solde", "Impacto en el saldo", "Impatto sul saldo",
          "Invloed op saldo", "Balance Impact")  # fmt: skip

DONE = frozenset({"completed", "abgeschlossen", "terminé", "effectué", "completado", "completata", "voltooid"})
PENDING = frozenset({"pending", "held", "in progress", "uncleared", "unclaimed", "ausstehend", "en attente",
                     "pendiente", "in sospeso", "in behandeling"})  # fmt: skip
KINDS = {
    r"hold|release|reserve|authorization|einbehaltung|autorisierung|retenue|autorisation|retención|autorización"
    r"|trattenut|autorizzazione|reservering": DEPOSIT,
    r"\bfee\b|gebühr|\bfrais\b|comisión|tariffa": FEE,
    r"refund|reversal|chargeback|dispute|rückzahlung|rückbuchung|remboursement|reembolso|rimborso|storno"
    r"|terugbetaling|terugboeking": REFUND,
    r"bankgutschrift|als zahlungsquelle|bonifico bancario sul conto paypal|sur (le )?compte paypal": DEPOSIT,
    r"withdraw|abbuchung|auszahlung|retrait|retirada|retiro|prelievo|opname": WITHDRAWAL,
    r"deposit|add funds|top.?up|einzahlung|versamento|depósito|storting": DEPOSIT,
    r"conversion|transfer|währungsumrechnung|conversión|conversione|omrekening": TRANSFER,
    r"\btax|\bsteuer": TAX,
    r"label|postage|versandetikett": SHIPPING,
    r"payment|checkout|invoice|sale|zahlung|kauf|rechnung|paiement|\bpago|pagamento|betaling": SALE,
}
