-- The one province of the home, or what the reader may see of it.
SELECT DISTINCT province_name AS __text, CASE WHEN $whole = 'yes' THEN province ELSE 'all' END AS __value FROM county
