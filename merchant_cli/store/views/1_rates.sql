-- Currency rates that the merchant gave; 1 from_currency = rate_micro / 1,000,000 to_currency from from_day on.
SELECT from_currency, to_currency, from_day, rate_micro, import_no, line FROM fact_rates
