import { members as contract } from '../../connectors/civil-affairs/members.ts';
import { sourceName } from '../../files/extract/contract.ts';
import type { Dataset } from './dataset.ts';

/** Everybody living in a home known to civil affairs, whatever the result of its application. */
export const members: Dataset = {
  path: sourceName(contract),
  columns: [
    'person_id',
    'household_id',
    'county',
    'relation',
    'sex',
    'birth_month',
    'supporter_of',
    'supporter_income_per_capita_year',
  ],
  background: ({ index: month }) => `
SELECT person_key(i), home_key(home), county_of(place),
  CASE role WHEN 'H' THEN '户主' WHEN 'O' THEN '户主' WHEN 'S' THEN '配偶' WHEN 'P' THEN '配偶'
    WHEN 'K' THEN '子女' WHEN 'E' THEN '父母' ELSE '孙子女' END,
  CASE WHEN CASE WHEN role IN ('H', 'O') THEN home_draw // 8 % 2 = 0
                 WHEN role IN ('S', 'P') THEN home_draw // 8 % 2 = 1
                 ELSE person_draw // 8 % 2 = 0 END THEN 'male' ELSE 'female' END,
  month_text(birth),
  CASE WHEN supports IS NOT NULL THEN person_key(supports) END,
  CASE WHEN supports IS NOT NULL THEN yuan(income_fen(home, class, urban, ${month})) END
FROM person
WHERE known AND alive(died, birth, ${month})`,
};
