-- Homes of the saved segments, with what the ledger of reasons says of them; replaced month by month. NULL is unknown.
-- covered: looked after as the segment's sense demands. apparent: ids of the reasons (rules/reasons) that the figures show.
CREATE TABLE segment_member (
  month VARCHAR, segment VARCHAR, household_id UUID, county VARCHAR, township VARCHAR, covered BOOLEAN,
  members INTEGER, children INTEGER, adults INTEGER, elderly INTEGER, age_unknown INTEGER, disabled INTEGER, ill INTEGER,
  income DECIMAL(18,2), standard DECIMAL(18,4), assets VARCHAR[], programmes VARCHAR[], apparent VARCHAR[]
);

-- Segments that could not be decided in a county, and what was missing.
CREATE TABLE segment_missing (month VARCHAR, segment VARCHAR, county VARCHAR, missing VARCHAR);

-- What is known of each home of a segment: the answer on its latest card of direction need that was open by the month,
-- whenever it was given. A home whose latest card is still open has none: what an earlier visit found no longer counts.
CREATE VIEW segment_ledger AS
SELECT s.*, o.lead_id, o.outcome, o.reason, o.clause, o.month AS checked_month,
  CASE WHEN s.covered THEN 'covered' WHEN o.lead_id IS NOT NULL THEN 'recorded' WHEN len(s.apparent) > 0 THEN 'apparent'
    ELSE 'unchecked' END AS standing
FROM segment_member s
ASOF LEFT JOIN (SELECT lead_id, household_id, opened_month FROM lead WHERE direction = 'need' AND household_id IS NOT NULL) l
  ON l.household_id = s.household_id AND l.opened_month <= s.month
LEFT JOIN (SELECT * FROM lead_outcome QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY seq DESC) = 1) o
  ON o.lead_id = l.lead_id;
