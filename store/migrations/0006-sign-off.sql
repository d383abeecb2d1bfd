-- Months that somebody took as they are although rules found far from their usual number; the last row of a month counts.
CREATE TABLE month_sign_off (month VARCHAR, signed_by VARCHAR, note VARCHAR, alarms VARCHAR, seq BIGINT, recorded_at VARCHAR);
