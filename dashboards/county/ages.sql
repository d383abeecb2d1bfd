-- Open leads of the newest month by age.
WITH span AS (SELECT * FROM (VALUES (1, '当月', 0, 0), (2, '1至2个月', 1, 2), (3, '3至5个月', 3, 5), (4, '6个月以上', 6, 9999)) AS given(place, age, least, most)),
aged AS (SELECT months_open, n FROM lead_age WHERE month = $newest)
SELECT $newest::VARCHAR AS month, s.age, coalesce(sum(a.n), 0)::BIGINT AS open, s.place
FROM span s LEFT JOIN aged a ON a.months_open BETWEEN s.least AND s.most WHERE $newest <> ''
GROUP BY s.place, s.age ORDER BY place
