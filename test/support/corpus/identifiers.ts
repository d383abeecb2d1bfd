/** Raw identifiers where pseudonyms should be: the file is refused whole, whatever its format. */
import { refused, seeded, type Case } from './case.ts';
import { csvOf, SHEETS, withCell, WRITERS, type Sheet } from './sheets.ts';

/** Made up: the check digit is worked out here, the order number is nobody's. */
function identity(order: number): string {
  const first = `52010219900101${String(order).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first[index]), 0);
  return first + '10X98765432'.charAt(sum % 11);
}

/** One that ends in X. */
const WITH_X =
  Array.from({ length: 40 }, (_, n) => identity(n)).find((id) => id.endsWith('X')) ?? '';
const PLAIN = identity(998).endsWith('X') ? identity(996) : identity(998);
const WIDE = PLAIN.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const PHONE = '13800138000';
const CARD = '6222020000000000000'.slice(0, 18).concat(
  '0123456789'.charAt(
    (10 -
      ([...'622202000000000000'].reverse().reduce((sum, digit, index) => {
        const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
        return sum + (value > 9 ? value - 9 : value);
      }, 0) %
        10)) %
      10,
  ),
);

const whole: Sheet = SHEETS['education/enrolment'];
const withRemark = (text: (row: number) => string): Sheet => ({
  header: [...whole.header, '备注'],
  rows: whole.rows.map((row, index) => [...row, text(index)]),
});

type Leak = readonly [
  kind: string,
  what: string,
  sheet: Sheet,
  code: string,
  column: string,
  secret: string,
];

function leaks(): readonly (readonly [...Leak, row: number])[] {
  const random = seeded(6);
  const remark = (
    what: string,
    written: string,
    code = 'identity-number',
    times = 1,
  ): readonly [...Leak, number] => {
    const row = random(30);
    const sheet = withRemark((index) =>
      index >= row && index < row + times ? `见${written}。` : '无',
    );
    return ['identifier in a remark', what, sheet, code, '备注', written, row];
  };
  const cell = (what: string, column: string, written: string): readonly [...Leak, number] => {
    const row = random(30);
    return [
      'identifier in a column',
      what,
      withCell(whole, row, column, written),
      'identity-number',
      column,
      written,
      row,
    ];
  };
  return [
    remark('plain', PLAIN),
    remark('lower-case x', WITH_X.replace('X', 'x')),
    remark('full width', WIDE),
    remark('spaces', PLAIN.replace(/^(.{6})(.{8})/, '$1 $2 ')),
    remark('hyphens', PLAIN.replace(/^(.{6})(.{8})/, '$1-$2-')),
    remark('zero-width characters', [...PLAIN].join('\u200b')),
    remark('three phones', PHONE, 'phone', 3),
    remark('three cards', CARD, 'bank-card', 3),
    cell('for an id', 'person_id', PLAIN),
    cell('for an amount', 'aid_year', PLAIN),
    cell('for a county', 'county', WITH_X),
    cell('for a label', 'stage', PLAIN),
  ];
}

export function identifiers(): Case[] {
  const written = leaks().flatMap(([kind, what, sheet, code, column, secret, row], turn) =>
    [0, 1 + (turn % 5), 1 + ((turn + 3) % 5)].flatMap((index): Case[] => {
      const writer = WRITERS[index];
      if (writer === undefined) return [];
      return [
        {
          kind,
          what: `${what}, ${writer.name}`,
          format: writer.format,
          content: writer.write(sheet),
          expected: refused(code, row + 2, column),
          secrets: [secret],
        },
      ];
    }),
  );
  const inHeader = WRITERS.map((writer): Case => ({
    kind: 'identifier among the titles',
    what: writer.name,
    format: writer.format,
    content: writer.write({
      header: [...whole.header, PLAIN],
      rows: whole.rows.map((row) => [...row, '无']),
    }),
    expected: refused('identity-number', 1, ''),
    secrets: [PLAIN],
  }));
  const lines = csvOf(whole).split('\n');
  const text = (kind: string, what: string, content: string, code: string, line: number): Case => ({
    kind,
    what,
    format: 'csv',
    content: Buffer.from(content),
    expected: refused(code, line, ''),
    secrets: [PLAIN, PHONE],
  });
  const ragged = 'identifier in a row of another width';
  const headless = lines.slice(1).map((line) => (line === '' ? line : `${line},${PLAIN}`));
  return [
    ...written,
    ...inHeader,
    text(ragged, 'one', `${csvOf(whole)}x,${PLAIN}\n`, 'identity-number', 42),
    text(ragged, 'three phones', `${csvOf(whole)}${`x,${PHONE}\n`.repeat(3)}`, 'phone', 42),
    text('identifier in the first row', 'no header', headless.join('\n'), 'identity-number', 1),
  ];
}
