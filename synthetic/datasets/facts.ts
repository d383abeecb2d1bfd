import { facts as contract } from '../../connectors/cross-check/facts.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { PURPOSE } from '../random.ts';
import type { Dataset } from './dataset.ts';

/**
 * Findings that became known in the month, about persons in homes known to civil affairs: about four in 10,000 a
 * month, plus the deaths.
 */
export const facts: Dataset = {
  path: sourceName(contract),
  columns: ['person_id', 'county', 'kind', 'since', 'until', 'amount', 'relocation_housing'],
  background: ({ index: month }) => `
SELECT person_key(i), county_of(place), kind, since,
  -- A third of the findings have ended by the time they become known.
  CASE WHEN kind <> 'death' AND chance // 65536 % 3 = 0 THEN month_day(${month} - 1, chance // 1048576) END,
  CASE WHEN kind IN ('fiscal_payroll', 'pension') THEN yuan(180000 + (chance // 4194304 % 300000)::INTEGER)
       WHEN kind IN ('deposit', 'housing_fund', 'vehicle') THEN yuan(500000 + (chance // 4194304 % 8000000)::INTEGER) END,
  CASE WHEN kind = 'real_estate' THEN CASE chance // 131072 % 4 WHEN 0 THEN NULL WHEN 1 THEN false ELSE true END END
FROM (
  SELECT *,
    CASE WHEN died = ${month} THEN 'death' ELSE
      (['pension', 'business', 'real_estate', 'vehicle', 'deposit', 'housing_fund', 'fiscal_payroll', 'vehicle'])
        [(chance // 16384 % 8)::INTEGER + 1] END AS kind,
    CASE WHEN died = ${month} THEN month_day(${month}, chance // 262144)
         ELSE month_day(${month} - 2 - (chance // 524288 % 10)::INTEGER, chance // 262144) END AS since
  FROM (
    SELECT *, draw_at(i, ${PURPOSE.fact}, ${month}) AS chance
    FROM person WHERE known AND alive(died, birth, ${month})
  )
  WHERE died = ${month} OR (chance % 10000 < 4 AND age(birth, ${month}) >= 18)
)`,
};
