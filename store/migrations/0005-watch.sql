-- Dates to come that rules look ahead to; replaced month by month. `what`: which of the rule's dates.
CREATE TABLE watch_item (
  month VARCHAR, rule VARCHAR, subject VARCHAR, what INTEGER, due DATE, person_id UUID, household_id UUID,
  county VARCHAR, township VARCHAR, evidence VARCHAR
);
