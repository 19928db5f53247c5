-- Which days the live files cover, by shop and kind of file; `full` = 0: the file was made during that day.
-- `exported_at`: when the newest of the files that cover the day was made.
SELECT s.shop, d.kind, d.day, max(d.full) AS full, max(i.as_of) AS exported_at
FROM import_days d JOIN imports i ON i.no = d.import_no JOIN shops s ON s.no = d.shop
WHERE i.state IN ('applied', 'sealed')
GROUP BY s.shop, d.kind, d.day
