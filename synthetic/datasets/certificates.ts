import { certificates as contract } from '../../connectors/disabled-federation/certificates.ts';
import { sourceName } from '../../files/extract/contract.ts';
import type { Dataset } from './dataset.ts';

/** Disability certificates of the whole population, from the month of issue. */
export const certificates: Dataset = {
  path: sourceName(contract),
  columns: [
    'person_id',
    'county',
    'category',
    'grade',
    'status',
    'issued',
    'valid_until',
    'living_subsidy',
    'nursing_subsidy',
  ],
  background: ({ index: month }) => `
SELECT person_key(i), county_of(place),
  CASE WHEN chance // 16000000000 % 100 < 55 THEN 4 WHEN chance // 16000000000 % 100 < 65 THEN 1
       WHEN chance // 16000000000 % 100 < 80 THEN 2 WHEN chance // 16000000000 % 100 < 82 THEN 3
       -- Categories 5 and 6 of grade 3 count as severe: as rare as severe grades where those are rare.
       WHEN grade = 3 AND class NOT IN ('none', 'tekun', 'rural_dibao', 'urban_dibao') THEN 4
       WHEN chance // 16000000000 % 100 < 89 THEN 5 WHEN chance // 16000000000 % 100 < 97 THEN 6 ELSE 7 END,
  grade, certificate_status(chance),
  month_day(certificate_issued(chance), chance // 64), month_day(certificate_issued(chance) + 120, chance // 64),
  CASE WHEN low_income THEN CASE WHEN chance // 128 % 1000 < 985 THEN true WHEN chance // 128 % 1000 < 993 THEN false END
       ELSE false END,
  CASE WHEN grade > 2 THEN false WHEN chance // 256 % 1000 < 983 THEN true WHEN chance // 256 % 1000 < 995 THEN false END
FROM (
  SELECT *, grade_of(class, chance) AS grade
  FROM (SELECT *, certificate_draw(i) AS chance FROM person WHERE alive(died, birth, ${month}))
  WHERE is_certified(class, chance) AND certificate_issued(chance) <= ${month}
)`,
};
