/** State that changes from month to month and must agree between datasets. */
import { PURPOSE } from './random.ts';

/**
 * Macros over columns of `person`, for a month given as an index.
 * - `age(birth, month)`: whole years at the end of the month.
 * - `alive(died, birth, month)`: born by then, and not dead before it.
 * - `certificate_grade(...)`: 1–4, or 0 for a person without a certificate valid in the month.
 */
export function stateMacros(): string {
  return `
CREATE OR REPLACE MACRO age(birth, month) AS (month - birth) // 12;
CREATE OR REPLACE MACRO alive(died, birth, month) AS died >= month AND birth <= month;
CREATE OR REPLACE MACRO certificate_draw(i) AS draw(i, ${PURPOSE.certificate});
-- In 1,000 persons: 150 of the destitute, 90 in dibao, 25 in other homes that are known, 45 elsewhere.
CREATE OR REPLACE MACRO is_certified(class, chance) AS chance % 1000 < CASE
  WHEN class = 'tekun' THEN 150
  WHEN class IN ('rural_dibao', 'urban_dibao') THEN 90
  WHEN class = 'none' THEN 45 ELSE 25 END;
-- Certificates were issued evenly from 2010 to 2027: some appear while we watch.
CREATE OR REPLACE MACRO certificate_issued(chance) AS 24120 + (chance // 1000 % 216)::INTEGER;
-- A severe disability in a home outside the guarantees is rare: single-person dibao has taken most of them in.
CREATE OR REPLACE MACRO grade_of(class, chance) AS CASE
  WHEN class IN ('tekun', 'rural_dibao', 'urban_dibao', 'none') OR chance // 1000000 % 10 = 0 THEN CASE
    WHEN chance // 10000000 % 100 < 12 THEN 1 WHEN chance // 10000000 % 100 < 37 THEN 2
    WHEN chance // 10000000 % 100 < 65 THEN 3 ELSE 4 END
  ELSE 3 + (chance // 10000000 % 2)::INTEGER END;
CREATE OR REPLACE MACRO certificate_status(chance) AS CASE
  WHEN chance // 1000000000 % 100 < 97 THEN 'valid' WHEN chance // 1000000000 % 100 < 99 THEN 'expired'
  ELSE 'cancelled' END;
CREATE OR REPLACE MACRO certificate_grade(class, chance, month) AS CASE
  WHEN is_certified(class, chance) AND certificate_issued(chance) <= month
    AND certificate_status(chance) = 'valid' THEN grade_of(class, chance) ELSE 0 END;
`;
}
