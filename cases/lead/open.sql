-- openLeads: applies the month's warnings to the cards. One card per home and direction; a person without a home
-- counts as a home. While a card is open, new warnings join it and vanished ones are struck; a warning whose rule
-- could not be evaluated this month is neither. Variables: month; trial, the rules whose warnings open nothing.
-- Reads: warning, not_evaluated, lead, lead_event, lead_outcome, county_rest(county, sleep_months, worse_share).

CREATE OR REPLACE TEMP TABLE hit AS
SELECT direction, household_id, CASE WHEN household_id IS NULL THEN person_id END AS home_person, county, township, rule, person_id,
  priority, measure
FROM warning WHERE month = getvariable('month') AND NOT list_contains(getvariable('trial'), rule);

CREATE OR REPLACE TEMP TABLE home_hit AS
SELECT direction, household_id, home_person, arg_min(county, {'r': rule, 'c': county}) AS county,
  arg_min(township, {'r': rule, 't': township}) AS township
FROM hit GROUP BY direction, household_id, home_person;

CREATE OR REPLACE TEMP TABLE closed_lead AS
SELECT lead_id, arg_max(outcome, seq) AS outcome, arg_max(month, seq) AS month FROM lead_outcome GROUP BY lead_id;

-- Warnings on each card as of this month.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT lead_id, rule, person_id, priority, measure FROM (
  SELECT * FROM lead_event WHERE month <= getvariable('month')
  QUALIFY row_number() OVER (PARTITION BY lead_id, rule, person_id ORDER BY month DESC, seq DESC) = 1
) WHERE action = 'attached';

CREATE OR REPLACE TEMP TABLE open_lead AS
SELECT l.* FROM lead l ANTI JOIN closed_lead c ON c.lead_id = l.lead_id;

-- Homes with warnings but no open card, whose last card neither forbids nor delays a new one.
CREATE OR REPLACE TEMP TABLE last_closed AS
SELECT l.direction, l.household_id, l.person_id, l.lead_id, c.outcome, c.month, l.opened_month
FROM lead l JOIN closed_lead c ON c.lead_id = l.lead_id
QUALIFY row_number() OVER (PARTITION BY l.direction, l.household_id, l.person_id ORDER BY c.month DESC, l.opened_month DESC) = 1;

-- Something new (a rule or person not on the closed card) or clearly worse wakes a sleeping home.
CREATE OR REPLACE TEMP TABLE woken AS
SELECT DISTINCT h.direction, h.household_id, h.home_person
FROM hit h
JOIN last_closed c ON c.direction = h.direction AND c.household_id IS NOT DISTINCT FROM h.household_id AND c.person_id IS NOT DISTINCT FROM h.home_person
JOIN county_rest r ON r.county = h.county
LEFT JOIN (
  SELECT lead_id, rule, person_id, max(measure) AS measure FROM lead_event WHERE action = 'attached' GROUP BY ALL
) e ON e.lead_id = c.lead_id AND e.rule = h.rule AND e.person_id IS NOT DISTINCT FROM h.person_id
WHERE e.lead_id IS NULL OR h.measure - e.measure >= r.worse_share * abs(e.measure);

CREATE OR REPLACE TEMP TABLE opening AS
SELECT lead_id(n.direction, n.household_id, n.home_person, getvariable('month')) AS lead_id,
  n.direction, n.household_id, n.home_person AS person_id, n.county, n.township, getvariable('month') AS opened_month
FROM home_hit n
ANTI JOIN open_lead o ON o.direction = n.direction AND o.household_id IS NOT DISTINCT FROM n.household_id AND o.person_id IS NOT DISTINCT FROM n.home_person
LEFT JOIN last_closed c ON c.direction = n.direction AND c.household_id IS NOT DISTINCT FROM n.household_id AND c.person_id IS NOT DISTINCT FROM n.home_person
LEFT JOIN woken w ON w.direction = n.direction AND w.household_id IS NOT DISTINCT FROM n.household_id AND w.home_person IS NOT DISTINCT FROM n.home_person
LEFT JOIN county_rest r ON r.county = n.county
-- Never twice in one month, nor for a month that an outcome has already answered.
WHERE c.lead_id IS NULL OR (
  c.month < getvariable('month') AND c.opened_month < getvariable('month') AND (
    c.outcome = 'assisted'
    OR date_diff('month', (c.month || '-01')::DATE, (getvariable('month') || '-01')::DATE) >= r.sleep_months
    OR w.direction IS NOT NULL
  )
);

CREATE OR REPLACE TEMP TABLE card AS
SELECT lead_id, direction, household_id, person_id FROM open_lead
UNION ALL SELECT lead_id, direction, household_id, person_id FROM opening;

CREATE OR REPLACE TEMP TABLE event AS
SELECT c.lead_id, getvariable('month') AS month, h.rule, h.person_id, h.priority, h.measure, 'attached' AS action
FROM hit h
JOIN card c ON c.direction = h.direction AND c.household_id IS NOT DISTINCT FROM h.household_id AND c.person_id IS NOT DISTINCT FROM h.home_person
ANTI JOIN standing s ON s.lead_id = c.lead_id AND s.rule = h.rule AND s.person_id IS NOT DISTINCT FROM h.person_id
UNION ALL
SELECT s.lead_id, getvariable('month'), s.rule, s.person_id, s.priority, s.measure, 'struck'
FROM standing s JOIN open_lead o ON o.lead_id = s.lead_id
ANTI JOIN (
  SELECT c.lead_id, h.rule, h.person_id FROM hit h
  JOIN card c ON c.direction = h.direction AND c.household_id IS NOT DISTINCT FROM h.household_id AND c.person_id IS NOT DISTINCT FROM h.home_person
) g ON g.lead_id = s.lead_id AND g.rule = s.rule AND g.person_id IS NOT DISTINCT FROM s.person_id
ANTI JOIN not_evaluated q ON q.month = getvariable('month') AND q.rule = s.rule AND q.county = o.county
-- A report by people does not vanish because no data show it.
WHERE s.rule NOT LIKE 'REPORT-%';
