import { insured as contract } from '../../connectors/medical-insurance/insured.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { PURPOSE } from '../random.ts';
import type { Dataset } from './dataset.ts';

/**
 * The insurance roll as the bureau delivers it to this system: everybody in a home known to civil affairs or rural
 * revitalization, and one in ten of the others.
 */
export const insured: Dataset = {
  path: sourceName(contract),
  columns: ['person_id', 'county', 'insured', 'subsidised'],
  background: ({ index: month }) => `
SELECT person_key(i), county_of(place),
  chance // 16 % 10000 >= CASE WHEN class = 'none' THEN 300 ELSE 25 END,
  CASE WHEN low_income THEN true WHEN class = 'none' THEN false END
FROM (
  SELECT *, draw(i, ${PURPOSE.insurance}) AS chance FROM person WHERE alive(died, birth, ${month})
)
WHERE class <> 'none' OR chance % 10 = 0`,
};
