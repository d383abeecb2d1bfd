-- The home's one province, or the part the reader may see.
SELECT DISTINCT province_name AS __text, CASE WHEN $whole = 'yes' THEN province ELSE 'all' END AS __value FROM county
