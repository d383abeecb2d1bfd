import { settlements as contract } from '../../connectors/medical-insurance/settlements.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { PURPOSE } from '../random.ts';
import type { Dataset } from './dataset.ts';

/**
 * Bills of one month: those settled in it, one in twenty of them from an earlier month (at most three), and
 * reversals.
 */
const bills = (month: number, only: string): string => `
SELECT *, CASE
    WHEN kind = 'inpatient' AND major THEN 150000 + (chance // 4096 % 600000)::INTEGER
    WHEN kind = 'inpatient' AND chance // 128 % 100 < 4 THEN 300000 + (chance // 4096 % 700000)::INTEGER
    WHEN kind = 'inpatient' THEN 20000 + (chance // 4096 % 130000)::INTEGER
    WHEN chance // 128 % 400 = 0 THEN 30000 + (chance // 4096 % 60000)::INTEGER
    WHEN kind = 'chronic' THEN 1000 + (chance // 4096 % 9000)::INTEGER
    ELSE 500 + (chance // 4096 % 12000)::INTEGER END AS self_fen
FROM (
  SELECT *, CASE WHEN major THEN CASE WHEN since_onset = 0 THEN 'inpatient' ELSE 'outpatient' END
      WHEN NOT ill THEN 'chronic'
      WHEN since_onset = 0 AND episode // 1000000 % 100 < 8 THEN 'inpatient'
      ELSE 'outpatient' END AS kind
  FROM (
    SELECT *, draw_at(i, ${PURPOSE.bill}, ${month}) AS chance,
      episode % 10000 < CASE WHEN role IN ('E', 'O', 'P') THEN 1500 WHEN low_income THEN 900 ELSE 700 END
        AND since_onset <= episode // 10000 % 4 AS ill,
      episode % 10000 < 6 AND since_onset <= episode // 10000 % 4 AS major
    FROM (
      -- A person has at most one episode in six months, lasting one to four of them.
      SELECT *, draw_at(i, ${PURPOSE.illness}, (${month} + person_draw // 1024 % 6)::INTEGER // 6) AS episode,
        ((${month} + person_draw // 1024 % 6) % 6)::INTEGER AS since_onset
      FROM person
      WHERE alive(died, birth, ${month}) ${only}
    )
  )
)
WHERE (ill OR (role IN ('E', 'O', 'P') AND person_draw // 8192 % 100 < 15 AND (${month} + i) % 2 = 0))`;

const row = (sign: string, dated: string, suffix: string): string => `
SELECT
  -- Letters only: a run of digits might be taken for a card or a telephone number.
  'B' || translate(substr(md5(person_key(i) || '${suffix}'), 1, 20), '0123456789', 'ghjkmnpqrs'),
  person_key(i), county_of(place), ${dated}, kind,
  CASE WHEN major THEN (['C34', 'C16.9', 'N18.5', 'I63.9'])[(episode // 100 % 4)::INTEGER + 1]
       WHEN kind = 'chronic' THEN (['I10', 'E11.9'])[(person_draw // 32 % 2)::INTEGER + 1]
       ELSE (['J18.9', 'K29.7', 'M54.5', 'J06.9', 'S82.1'])[(episode // 100 % 5)::INTEGER + 1] END,
  major,
  yuan(${sign} (self_fen * 3 + serious_fen + aid_fen)), yuan(${sign} self_fen * 2), yuan(${sign} serious_fen),
  yuan(${sign} aid_fen), yuan(${sign} self_fen)
FROM (
  SELECT *, CASE WHEN kind = 'inpatient' AND self_fen > 400000 THEN self_fen // 2 ELSE 0 END AS serious_fen,
    CASE WHEN low_income AND kind = 'inpatient' THEN self_fen // 4 ELSE 0 END AS aid_fen
  FROM`;

export const settlements: Dataset = {
  path: sourceName(contract),
  columns: [
    'bill_id',
    'person_id',
    'county',
    'settled_on',
    'kind',
    'disease_code',
    'major_illness',
    'total',
    'insurance_paid',
    'serious_illness_paid',
    'medical_aid_paid',
    'self_paid',
  ],
  background: ({ index: month, text }) => {
    const late = `month_day(${month} - CASE WHEN chance // 16 % 20 = 0 AND NOT major
      THEN 1 + (chance // 512 % 3)::INTEGER ELSE 0 END, chance // 1024)`;
    // A reversal cancels last month's ordinary bill, under its own bill number.
    return `${row('', late, `|${text}`)} (${bills(month, '')}))
UNION ALL
${row('-', `month_day(${month}, chance // 2048)`, `|${text}|reversal`)} (
  SELECT * FROM (${bills(month - 1, 'AND person_draw // 1048576 % 300 = 0')}) WHERE NOT major
))`;
  },
};
