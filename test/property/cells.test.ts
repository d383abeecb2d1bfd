/** Two answers must agree: the SQL that reads a file's cells, and the plain reader of one cell. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../connectors/index.ts';
import { factsOf, type Column } from '../../files/extract/columns.ts';
import { compileContract, prelude, TRIMMED } from '../../files/extract/compile.ts';
import type { Month } from '../../core/month.ts';
import { withScratch } from '../../store/database.ts';
import { identifier, literal } from '../../store/sql.ts';
import { readCell } from '../support/read-cell.ts';

const MONTH = '2024-02' as Month;
const COUNTIES = ['520102', '520103'];

function near(column: Column): fc.Arbitrary<string> {
  const { type } = factsOf(column);
  const digits = (min: number, max: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
  switch (type.kind) {
    case 'id':
      return fc.oneof(
        fc.string({
          unit: fc.constantFrom(...'0123456789abcdefAg-'),
          minLength: 30,
          maxLength: 34,
        }),
        fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }),
      );
    case 'county':
      return fc.oneof(fc.constantFrom(...COUNTIES, '520000', '110101', '5201'), digits(5, 7));
    case 'place':
      return digits(8, 13);
    case 'choice': {
      const label = fc.constantFrom(...Object.keys(type.labels), 'Active', '其它', 'toString', '?');
      return type.many
        ? fc
            .array(label, { maxLength: 4 })
            .chain((l) => fc.constantFrom(';', '；', ' ; ').map((s) => l.join(s)))
        : label;
    }
    case 'boolean':
      return fc.constantFrom(
        'true',
        'false',
        'TRUE',
        '1',
        '0',
        '是',
        '否',
        'Y',
        'n',
        'yes',
        '2',
        '对',
      );
    case 'money':
      return fc.oneof(
        fc
          .tuple(
            fc.constantFrom('', '-', '+'),
            digits(1, 12),
            fc.constantFrom('', '.', '.0', '.00', '.5', '.123', '.99'),
          )
          .map((p) => p.join('')),
        fc.constantFrom('1e3', '1,000', '万', '-0', '-0.00', '-0.01', '１２'),
      );
    case 'integer':
      return fc.oneof(digits(1, 11), fc.constantFrom('-1', '0', '99', '100', '1.0', '007'));
    case 'date':
      return fc.oneof(
        fc.constantFrom(
          '2024-02-29',
          '2024-03-01',
          '20240229',
          '2023-02-29',
          '20230229',
          '2024-2-1',
          '1899-12-31',
          '2101-01-01',
          '0000-01-01',
          '2024-00-10',
          '2024-13-01',
          '2024-01-00',
        ),
        fc
          .tuple(digits(4, 4), digits(2, 2), digits(2, 2))
          .chain((p) => fc.constantFrom('-', '', '/').map((s) => p.join(s))),
      );
    case 'month':
      return fc.oneof(
        fc.constantFrom(
          '2024-02',
          '202402',
          '2024-13',
          '2024-00',
          '202413',
          '2024-1',
          '1899-12',
          '2024-02-29',
          '20240229',
        ),
        fc
          .tuple(digits(4, 4), digits(2, 2))
          .chain((p) => fc.constantFrom('-', '').map((s) => p.join(s))),
      );
    case 'text':
      return fc.oneof(
        fc.string({ maxLength: type.max + 3 }),
        fc.string({
          unit: fc.constantFrom('灾', '洪', '𠮷', 'a'),
          minLength: Math.max(0, type.max - 2),
          maxLength: type.max + 2,
        }),
        fc.constantFrom('C50.9', 'c34', 'I63.900x001', '5'),
      );
  }
}

const blanks = fc.constantFrom('', ' ', '\t', '\u3000', '\u00a0 ');
const plain = (cell: string): string | null => {
  const trimmed = cell.replace(/^[ \t\r\n\u00a0\u3000]+|[ \t\r\n\u00a0\u3000]+$/g, '');
  return trimmed === '' ? null : trimmed;
};

describe('cells', () => {
  it('are read alike by the SQL and by the plain reader, for every column of every contract', async () => {
    const contracts = await loadContracts();
    await withScratch({ threads: 1 }, async (sql) => {
      await sql.run(prelude(COUNTIES));
      for (const contract of contracts.values()) {
        for (const [name, column] of Object.entries(contract.row.shape)) {
          const cells = fc
            .sample(
              fc
                .tuple(blanks, fc.oneof(near(column), fc.constantFrom('', 'x')), blanks)
                .map((p) => p.join('')),
              { numRuns: 150, seed: 20261105 },
            )
            .filter((cell) => !cell.includes('\0'));
          const compiled = compileContract(contract, MONTH, new Set([name])).find(
            (c) => c.name === name,
          );
          if (compiled === undefined) throw new Error(name);
          const list = cells.map((cell, i) => `(${i}, ${literal(cell)})`).join(', ');
          const many = compiled.sqlType === 'VARCHAR[]';
          const rows = await sql.rows<{ i: number; v: string | null; code: string | null }>(
            `SELECT i, ${many ? `array_to_string(${identifier(name)}, ';')` : `${identifier(name)}::VARCHAR`} AS v, ${compiled.code} AS code
             FROM (SELECT *, ${compiled.value} AS ${identifier(name)} FROM (SELECT i, nullif(trim(cell, ${TRIMMED}), '') AS ${identifier(`t_${name}`)} FROM (VALUES ${list}) raw(i, cell))) ORDER BY i`,
          );
          for (const { i, v, code } of rows) {
            const cell = cells[i] ?? '';
            const expected = readCell(column, plain(cell), {
              month: MONTH,
              counties: new Set(COUNTIES),
            });
            const kind = factsOf(column).type.kind;
            const shown =
              v === null
                ? null
                : kind === 'id'
                  ? v.replaceAll('-', '')
                  : kind === 'month'
                    ? v.slice(0, 7)
                    : v;
            const found = code === null ? { value: shown } : { code };
            // -0 and 0 are one amount.
            const same = (x: typeof found): unknown =>
              'value' in x && kind === 'money' && x.value !== null && /^-0+\.00$/.test(x.value)
                ? { value: '0.00' }
                : x;
            expect({
              column: `${contract.dataset}.${name}`,
              cell,
              ...(same(found) as object),
            }).toEqual({
              column: `${contract.dataset}.${name}`,
              cell,
              ...(same(expected as typeof found) as object),
            });
          }
        }
      }
    });
  });
});
