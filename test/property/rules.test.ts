/** One suite for every rule file: its examples hold interpreted and compiled, and it says what it must. */
import { describe, expect, it } from 'vitest';
import { FIELD_SQL } from '../../core/field.ts';
import { lastDay } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { withScratch } from '../../store/database.ts';
import { identifier, literal, textList } from '../../store/sql.ts';
import { mentionsOf, mentionsOfRule } from '../../warnings/check.ts';
import { compileCondition, compileEvidence, PARAMETER_SQL } from '../../warnings/compile.ts';
import { datesAhead, evaluate, type Situation } from '../../warnings/interpret.ts';
import { lockFaults } from '../../warnings/lock.ts';
import { caseName, casesOf } from '../../warnings/parameters.ts';
import { needsOf } from '../../warnings/rule-book.ts';
import type { Literal } from '../../warnings/schema.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { exampleSituation, failingExamples } from '../../warnings/self-test.ts';
import { lookAhead, splitRules } from '../../warnings/watch.ts';

const book = await openRuleBook({ parameters: [], trial: [] });
const { fields, definitions } = book.vocabulary;

/** Section 3 of the contract. */
const CONTRACT = (
  'ILL-01 ILL-02 ILL-03 ILL-04 ILL-05 DIS-01 DIS-02 DIS-03 DIS-05 DIS-06 EDU-01 EDU-02 EDU-03 EDU-04 EMP-01 EMP-03 EXP-01 EXP-02 ' +
  'DSR-01 INC-01 INC-02 FAM-01 FAM-05 FAM-06 MAR-01 X-DTH X-FIN X-PEN X-BIZ X-HSE X-AST X-DUP X-GRC X-REV'
).split(' ');

/** docs/catalogue.md: those that open leads, then those that look ahead. */
const BEYOND = (
  'DIS-04 EDU-05 EMP-02 INC-03 FAM-03 FAM-04 MOV-01 LST-02 ' +
  'FAM-02 EDU-06 DIS-07 FAM-07 INC-04 ILL-06'
).split(' ');

/** docs/catalogue.md: those about the offices' work. */
const WORK = ('SLA-01 SLA-02 SLA-03 LST-01 LST-03 RPT-01 ' + 'Q-01 Q-02 Q-03 Q-04 Q-05 Q-06').split(
  ' ',
);

const cell = (value: Literal | null, type: string): string =>
  `CAST(${value === null ? 'NULL' : literal(String(value))} AS ${type})`;

/** The columns of a profile row, and those of a county's figures, that an example describes. */
const profileOf = (situation: Situation): string =>
  [...fields.values()]
    .map(
      ({ name, type }) => `${cell(situation.field(name), FIELD_SQL[type])} AS ${identifier(name)}`,
    )
    .join(', ');
const figuresOf = (situation: Situation): string =>
  [...definitions.values()]
    .flatMap((d) =>
      casesOf(d)
        .map((cases) => caseName(d.name, cases))
        .map(
          (name) =>
            `${cell(situation.parameter(name), PARAMETER_SQL[d.type])} AS ${identifier(name)}`,
        ),
    )
    .join(', ');

describe('the catalogue', () => {
  it('has every rule of the contract and of docs/catalogue.md in production, and the lock agrees', () => {
    expect(
      book.rules
        .filter(({ maturity }) => maturity === 'production')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...CONTRACT, ...BEYOND, ...WORK].sort());
    expect(
      book.rules
        .filter(({ direction }) => direction === 'work')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...WORK].sort());
    expect(
      book.rules
        .filter(({ watch }) => watch !== undefined)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(BEYOND.slice(8).sort());
    expect(lockFaults([...book.rules, ...book.segments, ...book.reasons])).toEqual([]);
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
      // What offices are behind with is read from the ledger, mostly.
      if (rule.direction !== 'work')
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
          await sql.run(`SET VARIABLE month_end = DATE ${literal(lastDay(situation.month))}`);
          const [row] = await sql.rows<{ holds: boolean; evidence: string }>(
            `SELECT coalesce(${compileCondition(rule.when, options)}, false) AS holds, ${compileEvidence(mentionsOf(rule.when), options)} AS evidence
             FROM (SELECT ${profileOf(situation)}, ${textList([...situation.holding].sort())} AS holding) p, (SELECT ${figuresOf(situation)}) c`,
          );
          // Of a rule that looks ahead an example speaks of its dates (below), not of `when` alone.
          const holds =
            rule.watch === undefined ? example.warns : evaluate(rule.when, situation) === true;
          expect({ rule: rule.id, example: example.name, holds: row?.holds }).toEqual({
            rule: rule.id,
            example: example.name,
            holds,
          });
          expect(
            Object.keys((JSON.parse(row?.evidence ?? '{}') as { fields: object }).fields),
          ).toEqual([...mentionsOf(rule.when).fields]);
        }
      }
    });
  });

  it('looks ahead the same compiled: every example of every rule with dates', async () => {
    const { watching } = splitRules(book.rules);
    expect(watching.length).toBeGreaterThan(0);
    await withScratch({ threads: 1 }, async (sql) => {
      for (const rule of watching) {
        for (const example of rule.examples) {
          const situation = exampleSituation(example, book.vocabulary);
          // One person, one home and one county, as the monthly run makes them.
          await sql.run(`SET VARIABLE month_end = DATE ${literal(lastDay(situation.month))};
            CREATE OR REPLACE TEMP TABLE one AS SELECT ${profileOf(situation)}, uuid() AS person_id, uuid() AS household_id,
              NULL::UUID AS main_household_id, '520102' AS county, '520102' AS parameter_county, '520102001' AS township;
            CREATE OR REPLACE TEMP TABLE county_parameter AS
              SELECT '520102' AS county, ${figuresOf(situation)};
            CREATE OR REPLACE TEMP TABLE switched_off (rule VARCHAR, county VARCHAR)`);
          await lookAhead(
            {
              sql,
              month: situation.month,
              rules: [rule],
              fields,
              parameters: book.parameters,
              divisions: divisionsOf('520000'),
              notEvaluated: [],
              persons: 'one',
              homes: 'one',
              roster: 'one',
            },
            [rule],
          );
          const told = await sql.rows<{ what: number; due: string; evidence: string }>(
            'SELECT what, CAST(due AS VARCHAR) AS due, evidence FROM watched ORDER BY what',
          );
          const dates = told.map(({ what, due }) => ({ what, due }));
          expect({ rule: rule.id, example: example.name, dates }).toEqual({
            rule: rule.id,
            example: example.name,
            dates: datesAhead(rule, situation),
          });
          expect(dates.length > 0).toBe(example.warns);
          if (example.dates !== undefined)
            expect(dates.map(({ due }) => due)).toEqual(example.dates);
          for (const { evidence } of told)
            expect(Object.keys((JSON.parse(evidence) as { fields: object }).fields)).toEqual([
              ...mentionsOfRule(rule).fields,
            ]);
        }
      }
    });
  });
});
