/** Saved back-tests, with every month and county covered, so that zero hits show as zero and not as a gap. */
import type { Divisions } from '../core/region.ts';
import { textList } from '../store/sql.ts';

/** The SELECT behind the table `backtest`: homes, from the latest back-test of each rule. */
export function triedRules({ counties }: Divisions): string {
  return `WITH kept AS (
      SELECT rule, tried, unnest(from_json(months, '[{"month":"VARCHAR","counties":[{"county":"VARCHAR","before":"BIGINT","after":"BIGINT","gained":"BIGINT","lost":"BIGINT"}]}]')) AS one, seq
      FROM rule_backtest
    ), last AS (
      SELECT rule, tried, one.month AS month, one.counties AS counties FROM kept
      QUALIFY row_number() OVER (PARTITION BY rule, tried, one.month ORDER BY seq DESC) = 1
    ), found AS (SELECT rule, tried, month, unnest(counties) AS n FROM last)
    SELECT l.month, c.county, l.rule, l.tried, coalesce(f.n.before, 0)::BIGINT AS before, coalesce(f.n.after, 0)::BIGINT AS after,
      coalesce(f.n.gained, 0)::BIGINT AS gained, coalesce(f.n.lost, 0)::BIGINT AS lost
    FROM last l CROSS JOIN (SELECT unnest(${textList(counties.map(({ code }) => code))}) AS county) c
    LEFT JOIN found f ON f.rule = l.rule AND f.tried = l.tried AND f.month = l.month AND f.n.county = c.county
    ORDER BY ALL`;
}
