import { enrolment as contract } from '../../connectors/education/enrolment.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { PURPOSE } from '../random.ts';
import type { Dataset } from './dataset.ts';

/**
 * Pupils and students of the whole population, by age when the school year began (31 August). Everybody of
 * compulsory age at the end of the month has a row, except a few hundredths of a percent.
 */
export const enrolment: Dataset = {
  path: sourceName(contract),
  columns: [
    'person_id',
    'county',
    'stage',
    'status',
    'aid_year',
    'out_of_pocket_year',
    'graduation_month',
  ],
  background: ({ index: month }) => {
    const yearStart = month % 12 >= 8 ? month - (month % 12) + 7 : month - (month % 12) - 5;
    const leaving = `${yearStart} + 11`;
    return `
SELECT person_key(i), county_of(place), stage,
  CASE WHEN stage IN ('primary', 'junior') THEN CASE
         WHEN chance // 1000 % 10000 < 4 THEN 'absent' WHEN chance // 1000 % 10000 < 7 THEN 'dropout'
         WHEN chance // 1000 % 10000 < 20 THEN 'home_teaching' WHEN chance // 1000 % 10000 < 25 THEN 'suspended'
         WHEN chance // 1000 % 10000 < 28 THEN 'deferred' ELSE 'enrolled' END
       WHEN final_year AND ${month} >= ${leaving} THEN 'graduated'
       WHEN chance // 1000 % 1000 < 5 THEN 'suspended' WHEN chance // 1000 % 1000 < 7 THEN 'abroad'
       ELSE 'enrolled' END,
  CASE WHEN NOT supported THEN CASE WHEN chance // 10000000 % 4 = 0 THEN 0.00 END
       WHEN chance // 10000000 % 1000 < 12 THEN 0.00
       WHEN stage = 'primary' THEN 1000.00 WHEN stage = 'junior' THEN 1250.00
       WHEN stage = 'university' THEN 4400.00 ELSE 2300.00 END,
  CASE WHEN chance // 10000000000 % 10 = 0 THEN NULL
       WHEN stage IN ('primary', 'junior') THEN yuan(2000 + (chance // 10000000000 % 28000)::INTEGER)
       WHEN stage = 'university' THEN yuan(CASE WHEN class = 'none' THEN 300000 ELSE 50000 END + (chance // 10000000000 % 250000)::INTEGER)
       WHEN chance // 100000 % 200 = 0 THEN yuan(1250000 + (chance // 10000000000 % 300000)::INTEGER)
       ELSE yuan(30000 + (chance // 10000000000 % 90000)::INTEGER) END,
  CASE WHEN final_year THEN month_text(${leaving}) END
FROM (
  SELECT *,
    CASE WHEN entry < 12 THEN 'primary' WHEN entry < 15 THEN 'junior'
         WHEN entry < 18 THEN CASE WHEN chance % 100 < 62 THEN 'senior' ELSE 'vocational' END
         ELSE 'university' END AS stage,
    entry IN (17, 21) AS final_year,
    low_income AND class <> 'monitored' OR chance // 10000 % 10 < 9 AND class <> 'none' AS supported
  FROM (
    SELECT *, draw(i, ${PURPOSE.schooling}) AS chance, age(birth, ${yearStart}) AS entry,
      age(birth, ${month}) AS years
    FROM person
    WHERE birth BETWEEN ${month} - 276 AND ${month} - 72 AND alive(died, birth, ${month})
  )
)
WHERE entry < 22 AND CASE
  WHEN years <= 15 THEN chance // 10 % 10000 >= 15
  WHEN entry < 18 THEN chance % 100 < 88
  ELSE chance % 100 < 40 END`;
  },
};
