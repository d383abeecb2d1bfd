-- By day: the annual check's homes so far, and those still to be visited and to be answered.
WITH happened AS (SELECT day, sum(homes) AS homes, sum(visited) AS visited, sum(decided) AS decided FROM campaign_day GROUP BY day),
counted AS (
  SELECT day, sum(homes) OVER so_far AS homes, sum(visited) OVER so_far AS visited, sum(decided) OVER so_far AS decided
  FROM happened WINDOW so_far AS (ORDER BY day)
)
SELECT epoch_ms((day || ' 00:00:00+08')::TIMESTAMPTZ)::BIGINT AS time, day, homes::BIGINT AS homes,
  greatest(homes - visited, 0)::BIGINT AS to_visit, greatest(homes - decided, 0)::BIGINT AS to_decide
FROM counted WHERE substr(day, 1, 7) BETWEEN $from AND $to ORDER BY day
