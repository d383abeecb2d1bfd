-- Who may sign in: the last row of a name counts. Passwords, second factors and tokens are in secrets/, never here.
CREATE TABLE account (
  name VARCHAR, role VARCHAR, region VARCHAR, expires VARCHAR, active BOOLEAN, set_by VARCHAR, seq BIGINT, recorded_at VARCHAR
);
