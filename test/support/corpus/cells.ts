/** Cells that do not hold what their column says: one of forty rows is bad, the rest loads. */
import { seeded, type Case } from './case.ts';
import { SHEETS, withCell, WRITERS, type Source } from './sheets.ts';

interface Spoilt {
  readonly kind: string;
  readonly source?: Source;
  readonly column: string;
  readonly code: string;
  readonly values: readonly string[];
}

const CELLS: readonly Spoilt[] = [
  { kind: 'required cell empty', column: 'status', code: 'missing', values: ['', '  ', '\u3000'] },
  {
    kind: 'id of another form',
    column: 'person_id',
    code: 'format',
    values: [
      'ABCDEF0123456789ABCDEF0123456789',
      'abcdef01-2345-6789-abcd-ef0123456789',
      'abcdef0123456789abcdef012345678',
      'abcdef0123456789 abcdef0123456789',
      '{abcdef0123456789abcdef0123456789}',
    ],
  },
  {
    kind: 'county of another province, or retired',
    column: 'county',
    code: 'county',
    values: ['110101', '522101', '520199'],
  },
  {
    kind: 'county code of another length',
    column: 'county',
    code: 'format',
    values: ['52010', '520102000000', '52', '南明区'],
  },
  {
    kind: 'label that nobody agreed on',
    column: 'stage',
    code: 'enum',
    values: ['Primary School', '幼儿园', 'primary;junior', '#N/A'],
  },
  {
    kind: 'thousands separators',
    column: 'aid_year',
    code: 'format',
    values: ['1,234.50', '1 234.50', '1，234'],
  },
  {
    kind: 'unit in the cell',
    column: 'aid_year',
    code: 'format',
    values: ['1.2万', '120元', '￥120', '1.2万元'],
  },
  {
    kind: 'too many decimals',
    column: 'aid_year',
    code: 'format',
    values: ['1.2390', '120.500', '0.3333'],
  },
  { kind: 'exponent', column: 'aid_year', code: 'format', values: ['1.5E+3', '1e308', '9.007E15'] },
  {
    kind: 'no number',
    column: 'aid_year',
    code: 'format',
    values: ['NaN', 'Infinity', 'NULL', '无数据', '----'],
  },
  {
    kind: 'full-width digits',
    column: 'aid_year',
    code: 'format',
    values: ['１２０', '１２０．５０'],
  },
  { kind: 'decimal comma', column: 'aid_year', code: 'format', values: ['120,50', '120，5'] },
  {
    kind: 'formula as text',
    column: 'aid_year',
    code: 'format',
    values: ['=SUM(A1:A9)', '+120.50', '@SUM(1)'],
  },
  {
    kind: 'negative amount',
    column: 'out_of_pocket_year',
    code: 'range',
    values: ['-120.50', '-0.01'],
  },
  {
    kind: 'amount without measure',
    column: 'out_of_pocket_year',
    code: 'range',
    values: ['123456789012.00', '99999999999'],
  },
  {
    kind: 'no month',
    column: 'graduation_month',
    code: 'format',
    values: ['2030-13', '2030/07', '2030年7月', '2030-7', '203000'],
  },
  {
    kind: 'month out of all bounds',
    column: 'graduation_month',
    code: 'range',
    values: ['1830-07', '2999-01', '0030-07'],
  },
  {
    kind: 'a code that is none',
    source: 'civil-affairs/assistance',
    column: 'township',
    code: 'format',
    values: ['520102', '520102016001', '52010201X'],
  },
  {
    kind: 'no whole number',
    source: 'civil-affairs/assistance',
    column: 'household_size',
    code: 'format',
    values: ['3.0', '三人', '3口人'],
  },
  {
    kind: 'whole number out of bounds',
    source: 'civil-affairs/assistance',
    column: 'household_size',
    code: 'range',
    values: ['-1', '100', '20250101'],
  },
  {
    kind: 'list with an unknown member',
    source: 'civil-affairs/assistance',
    column: 'topup_kinds',
    code: 'enum',
    values: ['elderly;veteran', 'elderly,disabled', '老年人、残疾人'],
  },
  {
    kind: 'a day that is none',
    source: 'cross-check/facts',
    column: 'since',
    code: 'format',
    values: ['2023-02-30', '2023-02-29', '20230431', '2023-00-10'],
  },
  {
    kind: 'day in another order',
    source: 'cross-check/facts',
    column: 'since',
    code: 'format',
    values: ['31/12/23', '12-31-2023', '2023/12/31', '45291', '2023-12-31 00:00:00'],
  },
  {
    kind: 'day after the month',
    source: 'cross-check/facts',
    column: 'since',
    code: 'range',
    values: ['2099-01-01', '20991231'],
  },
  {
    kind: 'neither true nor false',
    source: 'cross-check/facts',
    column: 'relocation_housing',
    code: 'format',
    values: ['maybe', '√', 'Wahr', '有'],
  },
  {
    kind: 'text that does not end',
    source: 'emergency/affected',
    column: 'event',
    code: 'range',
    values: ['火灾'.repeat(21), 'x'.repeat(5000)],
  },
  {
    kind: 'disease code that is none',
    source: 'medical-insurance/settlements',
    column: 'disease_code',
    code: 'format',
    values: ['!!', '乳腺癌', '50.9'],
  },
  {
    kind: 'invisible characters',
    column: 'person_id',
    code: 'format',
    values: ['abcdef0123456789\u200babcdef0123456789', '\u2060abcdef0123456789abcdef0123456789'],
  },
];

/** Shorter ones stand in many words by chance. */
const TELLING = 4;

/** Each value as CSV, and packed or in one of the binary formats, turn by turn. */
export function cells(): Case[] {
  const random = seeded(1);
  const [plain, packed = plain, ...binary] = WRITERS;
  let turn = 0;
  return CELLS.flatMap(({ kind, source = 'education/enrolment', column, code, values }) =>
    values.flatMap((value) => {
      turn += 1;
      const other = turn % 4 === 0 ? binary[(turn / 4) % binary.length] : packed;
      return [plain, other ?? plain].map(({ name, format, write }): Case => {
        const sheet = SHEETS[source];
        const row = random(sheet.rows.length);
        return {
          kind,
          what: `${JSON.stringify(value.slice(0, 40))} in ${name}`,
          format,
          source,
          content: write(withCell(sheet, row, column, value)),
          expected: { outcome: 'quarantined', rows: 39, reasons: [[code, row + 2, column]] },
          secrets: value.trim().length >= TELLING ? [value] : [],
        };
      });
    }),
  );
}
