-- The merchant's own SKUs.
SELECT sku, title, supplier, pack, moq, kind, category, import_no, line FROM fact_products
