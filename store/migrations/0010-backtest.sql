-- Back-tests that somebody kept: what a rule would have found with other figures or as another version. `months`: per month
-- and county the homes found as the rule stands, as it was tried, gained and lost; JSON. The last of a rule and `tried` counts.
CREATE TABLE rule_backtest (rule VARCHAR, version INTEGER, tried VARCHAR, months VARCHAR, seq BIGINT, recorded_at VARCHAR);
-- How long a step took; records of before do not say.
ALTER TABLE step_record ADD COLUMN seconds DOUBLE;
