-- Unit cost of a SKU from a day on; an empty `from_day` holds since ever.
SELECT sku, from_day, cost AS cost_minor, currency, import_no, line FROM fact_costs
