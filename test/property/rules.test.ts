/** One suite for every rule file: its examples hold interpreted and compiled, and it says what it must. */
import { describe, expect, it } from 'vitest';
import { FIELD_SQL } from '../../core/field.ts';
import { lastDay } from '../../core/month.ts';
import { withScratch } from '../../core/store/database.ts';
import { identifier, literal, textList } from '../../core/store/sql.ts';
import { mentionsOf } from '../../warnings/check.ts';
import { compileCondition, compileEvidence, PARAMETER_SQL } from '../../warnings/compile.ts';
import { lockFaults } from '../../warnings/lock.ts';
import { caseName, casesOf } from '../../warnings/parameters.ts';
import { needsOf } from '../../warnings/rule-book.ts';
import type { Literal } from '../../warnings/schema.ts';
import { openRuleBook } from '../../pipelines/office.ts';
import { exampleSituation, failingExamples } from '../../warnings/self-test.ts';

const book = await openRuleBook({ parameters: [], trial: [] });
const { fields, definitions } = book.vocabulary;

/** Section 3 of the contract. */
const CONTRACT = (
  'ILL-01 ILL-02 ILL-03 ILL-04 ILL-05 DIS-01 DIS-02 DIS-03 DIS-05 DIS-06 EDU-01 EDU-02 EDU-03 EDU-04 EMP-01 EMP-03 EXP-01 EXP-02 ' +
  'DSR-01 INC-01 INC-02 FAM-01 FAM-05 FAM-06 MAR-01 X-DTH X-FIN X-PEN X-BIZ X-HSE X-AST X-DUP X-GRC X-REV'
).split(' ');

describe('the catalogue', () => {
  it('has every rule of the contract in production, and the lock agrees', () => {
    expect(
      book.rules
        .filter(({ maturity }) => maturity === 'production')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...CONTRACT].sort());
    expect(lockFaults(book.rules)).toEqual([]);
  });

  it('has no figure of policy in a rule: numbers are parameters, but for none, one and two', () => {
    for (const { id, when } of book.rules) {
      const text = JSON.stringify(when);
      const numbers = [...text.matchAll(/:(-?\d+(?:\.\d+)?)/g)].map((match) => Number(match[1]));
      expect({ id, numbers: numbers.filter((n) => ![0, 1, 2].includes(n)) }).toEqual({
        id,
        numbers: [],
      });
    }
  });

  it.each(book.rules.map((rule) => [rule.id, rule] as const))(
    '%s: examples that fire, that do not, and with missing data',
    (_id, rule) => {
      expect(failingExamples(rule, book.vocabulary)).toEqual([]);
      expect(rule.examples.some(({ warns }) => warns)).toBe(true);
      expect(rule.examples.some(({ warns }) => !warns)).toBe(true);
      expect(
        needsOf(rule, fields).length + (mentionsOf(rule.when).holding ? 1 : 0),
      ).toBeGreaterThan(0);
    },
  );

  it('means the same compiled: every example of every rule', async () => {
    await withScratch({ threads: 1 }, async (sql) => {
      for (const rule of book.rules) {
        const options = { ...book.vocabulary, rules: book.rules.map(({ id }) => id) };
        for (const example of rule.examples) {
          const situation = exampleSituation(example, book.vocabulary);
          const cell = (value: Literal | null, type: string): string =>
            `CAST(${value === null ? 'NULL' : literal(String(value))} AS ${type})`;
          const p = [...fields.values()].map(
            ({ name, type }) =>
              `${cell(situation.field(name), FIELD_SQL[type])} AS ${identifier(name)}`,
          );
          const c = [...definitions.values()].flatMap((d) =>
            casesOf(d)
              .map((cases) => caseName(d.name, cases))
              .map(
                (name) =>
                  `${cell(situation.parameter(name), PARAMETER_SQL[d.type])} AS ${identifier(name)}`,
              ),
          );
          await sql.run(`SET VARIABLE month_end = DATE ${literal(lastDay(situation.month))}`);
          const [row] = await sql.rows<{ holds: boolean; evidence: string }>(
            `SELECT coalesce(${compileCondition(rule.when, options)}, false) AS holds, ${compileEvidence(mentionsOf(rule.when), options)} AS evidence
             FROM (SELECT ${p.join(', ')}, ${textList([...situation.holding].sort())} AS holding) p, (SELECT ${c.join(', ')}) c`,
          );
          expect({ rule: rule.id, example: example.name, holds: row?.holds }).toEqual({
            rule: rule.id,
            example: example.name,
            holds: example.warns,
          });
          expect(
            Object.keys((JSON.parse(row?.evidence ?? '{}') as { fields: object }).fields),
          ).toEqual([...mentionsOf(rule.when).fields]);
        }
      }
    });
  });
});
