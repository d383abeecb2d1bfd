-- Persons in each programme at the end of each month. A person in two programmes counts in both.
SELECT p.month, p.programme, n.title, sum(p.persons)::BIGINT AS persons, n.place
FROM person_month p JOIN programme n USING (programme)
WHERE p.month BETWEEN $from AND $to AND p.programme <> 'low_income'
GROUP BY p.month, p.programme, n.title, n.place ORDER BY month, place
