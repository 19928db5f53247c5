-- Suppliers with their usual lead time and the days between two orders.
SELECT supplier, lead_days, review_days, moq, currency, import_no, line FROM fact_suppliers
