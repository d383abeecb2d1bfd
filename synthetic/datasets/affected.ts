import { affected as contract } from '../../connectors/emergency/affected.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { PURPOSE } from '../random.ts';
import type { Dataset } from './dataset.ts';

/** Disasters strike places: one township in a hundred each month, affecting two in a hundred of its people. */
export const affected: Dataset = {
  path: sourceName(contract),
  columns: ['person_id', 'county', 'event', 'happened_on'],
  background: ({ index: month }) => `
SELECT person_key(i), county_of(place),
  (['洪涝', '滑坡', '冰雹', '房屋火灾'])[(disaster // 128 % 4)::INTEGER + 1],
  month_day(${month}, disaster // 1024)
FROM (
  SELECT *, draw_at(place, ${PURPOSE.disaster}, ${month}) AS disaster
  FROM person WHERE alive(died, birth, ${month})
)
WHERE disaster % 100 = 0 AND draw_at(i, ${PURPOSE.affected}, ${month}) % 100 < 2`,
};
