import { assistance as contract } from '../../connectors/civil-affairs/assistance.ts';
import { sourceName } from '../../files/extract/contract.ts';
import type { Dataset } from './dataset.ts';

/**
 * Everybody in, out of, or applying for a programme. Grace runs in a cycle of eighteen months, so its rows are a
 * function of the month: six months of grace (three for state employment), then active again.
 */
export const assistance: Dataset = {
  path: sourceName(contract),
  columns: [
    'person_id',
    'household_id',
    'county',
    'township',
    'village',
    'residence',
    'programme',
    'status',
    'status_date',
    'household_size',
    'income_per_capita_year',
    'labour_capacity',
    'self_care',
    'single_person',
    'amount_month',
    'topup_month',
    'topup_kinds',
    'review_date',
    'grace_reason',
    'grace_start',
    'relocated',
  ],
  background: ({ index: month }) => `
SELECT person_key(i), home_key(home), county_of(place), township_of(place), village_of(place, village_number),
  CASE WHEN urban THEN 'urban' ELSE 'rural' END,
  programme, status,
  CASE WHEN status = 'grace' THEN grace_start
       WHEN status = 'active' THEN least(DATE '2019-01-10' + (chance // 64 % 1900)::INTEGER, first_day(${month}))
       ELSE month_day(${month} - decided_before, chance // 128) END,
  size, yuan(income),
  CASE WHEN years < 16 OR years >= 70 THEN 'none' WHEN years >= 60 OR grade IN (1, 2) THEN 'partial'
       ELSE 'full' END,
  CASE WHEN class = 'tekun' AND chance // 256 % 5 = 0 THEN 'partial' WHEN grade = 1 THEN 'partial'
       ELSE 'full' END,
  single,
  CASE WHEN status NOT IN ('active', 'grace') THEN NULL
       WHEN class IN ('rural_dibao', 'urban_dibao') THEN yuan(income // 24)
       WHEN class = 'tekun' THEN 780.00 WHEN class IN ('orphan', 'unattended_child') THEN 1200.00 END,
  CASE WHEN kinds IS NOT NULL THEN 60.00 END,
  kinds,
  CASE WHEN status IN ('active', 'grace')
    THEN month_day(${month} - reviewed_before, chance // 512) END,
  CASE WHEN status = 'grace' THEN grace_reason END,
  CASE WHEN status = 'grace' THEN grace_start END,
  chance // 32 % 100 < 8
FROM (
  SELECT *,
    CASE WHEN class NOT IN ('rural_dibao', 'urban_dibao') OR status <> 'active' THEN NULL
         WHEN grade > 0 AND person_draw // 4096 % 1000 < 985
           THEN CASE WHEN years >= 60 AND person_draw // 4096 % 1000 < 8 THEN 'elderly;disabled' ELSE 'disabled' END
         WHEN grade > 0 THEN NULL
         WHEN years >= 60 AND person_draw // 4096 % 10 < 6 THEN 'elderly'
         WHEN years BETWEEN 6 AND 17 AND person_draw // 4096 % 2 = 0 THEN 'student' END AS kinds,
    CASE WHEN status = 'grace' THEN month_day(${month} - grace_age, chance // 128) END AS grace_start
  FROM (
    SELECT *,
      CASE class WHEN 'tekun' THEN CASE WHEN chance // 8 % 5 = 0 THEN 'tekun_concentrated' ELSE 'tekun_dispersed' END
        WHEN 'refused' THEN 'rural_dibao' WHEN 'exited' THEN 'rural_dibao' WHEN 'applied' THEN 'rural_dibao'
        ELSE class::VARCHAR END AS programme,
      CASE WHEN class IN ('refused', 'exited', 'applied') THEN class::VARCHAR
        WHEN class = 'rural_dibao' AND chance // 1024 % 100 < 3
          AND grace_age < CASE WHEN grace_reason = 'state_employment' THEN 3 ELSE 6 END THEN 'grace'
        ELSE 'active' END AS status,
      class IN ('rural_dibao', 'urban_dibao') AND size > 1 AND chance // 1000000 % 1000 < 15 AS single,
      CASE WHEN class = 'applied' THEN 0 ELSE ((${month} + chance // 16) % 24)::INTEGER END AS decided_before,
      ((${month} + chance // 2048) % 12)::INTEGER
        + CASE WHEN chance // 1000000 % 1000 >= 994 THEN 14 ELSE 0 END AS reviewed_before,
      age(birth, ${month}) AS years,
      certificate_grade(class, certificate_draw(i), ${month}) AS grade,
      income_fen(home, class, urban, ${month}) AS income
    FROM (
      SELECT *, home_draw // 10000000000 AS chance,
        ((${month} + home_draw // 40960000000) % 18)::INTEGER AS grace_age,
        CASE WHEN home_draw // 20480000000 % 3 = 0 THEN 'state_employment' ELSE 'flexible_employment' END
          AS grace_reason
      FROM person
      WHERE known AND alive(died, birth, ${month})
    )
  )
)
-- A dead person's row mostly ends with the month of death; the rest is what X-DTH is for.
WHERE (died > ${month} OR person_draw % 10 < 3)
  AND (class NOT IN ('orphan', 'unattended_child') OR role IN ('K', 'G'))
  AND (NOT single OR position = 0)
  -- In a few homes everybody except the last member is covered (FAM-01).
  AND (class <> 'rural_dibao' OR single OR position < size - 1 OR size = 1 OR chance // 1000000 % 1000 <> 500)`,
};
