import { employment as contract } from '../../connectors/human-resources/employment.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { PURPOSE } from '../random.ts';
import type { Dataset } from './dataset.ts';

/**
 * Persons of 16 to 59 known to the department: all from homes known elsewhere, and one in three of the others. A
 * person keeps a job for a year; months without income accumulate within it.
 */
export const employment: Dataset = {
  path: sourceName(contract),
  columns: [
    'person_id',
    'county',
    'status',
    'months_without_income',
    'unemployment_benefit',
    'contributions_until',
  ],
  background: ({ index: month }) => `
SELECT person_key(i), county_of(place), status,
  CASE WHEN status IN ('employed', 'flexible') THEN 0
       -- Mostly found again after two months (EMP-01 begins at three).
       WHEN status IN ('registered_unemployed', 'unregistered_unemployed')
         THEN least(since, CASE WHEN chance // 1000000 % 8 = 0 THEN 12 ELSE 2 END) END,
  CASE status WHEN 'registered_unemployed' THEN true WHEN 'unregistered_unemployed' THEN false END,
  CASE WHEN status = 'employed' THEN month_text(${month}) END
FROM (
  SELECT *, ((${month} + person_draw // 16 % 12) % 12)::INTEGER AS since,
    CASE WHEN age(birth, ${month}) >= 55 AND role <> 'K' AND chance // 16 % 4 = 0 THEN 'retired'
         WHEN age(birth, ${month}) < 22 AND chance // 16 % 10 < 8 THEN 'none'
         WHEN chance % 1000 < 330 THEN 'employed' WHEN chance % 1000 < 780 THEN 'flexible'
         WHEN chance % 1000 < 800 THEN 'registered_unemployed'
         WHEN chance % 1000 < 830 THEN 'unregistered_unemployed' ELSE 'none' END AS status
  FROM (
    SELECT *, draw_at(i, ${PURPOSE.job}, (${month} + person_draw // 16 % 12)::INTEGER // 12) AS chance
    FROM person
    WHERE (class <> 'none' OR person_draw // 2048 % 3 = 0)
      AND birth BETWEEN ${month} - 719 AND ${month} - 192 AND alive(died, birth, ${month})
  )
)`,
};
