import { reports as contract } from '../../connectors/villages/reports.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { PURPOSE } from '../random.ts';
import type { Dataset } from './dataset.ts';

/** Three persons in 10,000 are in their village's report; a village without any reports zero. */
export const reports: Dataset = {
  path: sourceName(contract),
  columns: [
    'village',
    'county',
    'month',
    'reported_on',
    'zero',
    'person_id',
    'household_id',
    'kind',
  ],
  background: ({ index: month, text }) => {
    const named = `
FROM person WHERE draw_at(i, ${PURPOSE.report}, ${month}) % 10000 < 3 AND alive(died, birth, ${month})`;
    const reportedOn = (village: string): string =>
      `first_day(${month}) + 14 + (hash(${village}) % 7)::INTEGER`;
    // A join loses the row order, so these few (one per village and 3 in 10,000 persons) are sorted.
    return `
SELECT * FROM (
SELECT village, county_of(place), '${text}', ${reportedOn('village')}, false, person_key(i) AS person_id,
  home_key(home), kind
FROM (
  SELECT place, i, home, village_of(place, village_number) AS village,
    (['illness', 'disability', 'schooling', 'unemployment', 'other'])
      [(person_draw // 16 % 5)::INTEGER + 1] AS kind ${named})
UNION ALL
SELECT village, county, '${text}', ${reportedOn('village')}, true, NULL, NULL, NULL
FROM village
WHERE village NOT IN (SELECT village_of(place, village_number) ${named})
) ORDER BY village, person_id`;
  },
};
