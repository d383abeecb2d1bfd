/** Fields that connectors bring: joined to the profile without changing a row of it, and held to what they say. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../connectors/index.ts';
import { fieldTable, type FieldTable } from '../../files/extract/field-table.ts';
import { withScratch } from '../../store/database.ts';
import type { Sql } from '../../store/sql.ts';
import { expectedSources } from '../../warnings/expected-sources.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { joinFieldTables, makeFieldTables } from '../../pipelines/steps/field-tables.ts';
import { rulesInForce } from '../../warnings/rule-book.ts';
import { withFolder } from '../support/doudi.ts';

const READS = ['water/meters'];
const PROFILES = { person: 'person_profile', household: 'household_profile' };
const hex = (n: number): string => `'${String(n).padStart(32, '0')}'::UUID`;

/** Two homes; person 1 lives in both, person 3 in none. */
const PROFILE = `
  CREATE TEMP TABLE household_profile AS SELECT unnest([${hex(7)}, ${hex(8)}]) AS household_id;
  CREATE TEMP TABLE person_profile (person_id UUID, household_id UUID);
  INSERT INTO person_profile VALUES (${hex(1)}, ${hex(7)}), (${hex(1)}, ${hex(8)}), (${hex(2)}, ${hex(7)}), (${hex(3)}, NULL)`;

async function withTables(
  selects: { person?: string; both?: string },
  work: (sql: Sql, tables: readonly FieldTable[]) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const keep = (name: string, text: string): URL => {
      writeFileSync(join(folder, name), text);
      return pathToFileURL(join(folder, name));
    };
    const tables = [
      ...(selects.person === undefined
        ? []
        : [
            fieldTable('water', 'person', keep('person.sql', selects.person), [
              ['water.cut_off', 'boolean', '停水', 'cut off', READS],
              ['water.owed', 'money', '欠费（元）', 'owed, yuan', READS],
            ]),
          ]),
      ...(selects.both === undefined
        ? []
        : [
            fieldTable('water', 'both', keep('both.sql', selects.both), [
              ['water.home_on_pipe', 'boolean', '通自来水', 'on the pipe', READS],
            ]),
          ]),
    ];
    await withScratch({ threads: 1 }, async (sql) => {
      await sql.run(PROFILE);
      await work(sql, tables);
    });
  });
}

describe('fields of connectors', () => {
  it('are false or unknown where their SELECT has no row, and a home’s stand with its members', async () => {
    const selects = {
      person: `SELECT ${hex(1)} AS person_id, true AS "water.cut_off", 12.5 AS "water.owed" UNION ALL SELECT ${hex(9)}, true, 1`,
      both: `SELECT ${hex(8)} AS household_id, true AS "water.home_on_pipe" UNION ALL SELECT NULL, true`,
    };
    await withTables(selects, async (sql, tables) => {
      await makeFieldTables(sql, tables);
      const { person, household } = joinFieldTables(PROFILES, tables);
      expect(
        await sql.rows(
          `SELECT right(person_id::VARCHAR, 1) AS p, right(household_id::VARCHAR, 1) AS h, "water.cut_off" AS cut,
             "water.owed"::VARCHAR AS owed, "water.home_on_pipe" AS pipe FROM ${person} ORDER BY ALL`,
        ),
      ).toEqual([
        { p: '1', h: '7', cut: true, owed: '12.50', pipe: false },
        { p: '1', h: '8', cut: true, owed: '12.50', pipe: true },
        { p: '2', h: '7', cut: false, owed: null, pipe: false },
        { p: '3', h: null, cut: false, owed: null, pipe: false },
      ]);
      expect(
        await sql.rows(
          `SELECT right(household_id::VARCHAR, 1) AS h, "water.home_on_pipe" AS pipe FROM ${household} ORDER BY ALL`,
        ),
      ).toEqual([
        { h: '7', pipe: false },
        { h: '8', pipe: true },
      ]);
    });
  });

  it('are what the connector says where it says more, and keep no column that it does not name', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'person.sql');
      writeFileSync(
        path,
        `SELECT ${hex(1)} AS person_id, NULL AS "water.owed", 'pipe' AS "water.kind", 3 AS meters, 4 AS other`,
      );
      const table = fieldTable(
        'water',
        'person',
        pathToFileURL(path),
        [
          ['water.owed', 'money', '欠费（元）', 'owed, yuan', READS],
          ['water.kind', 'text', '供水方式', 'kind of supply', READS],
        ],
        { also: ['meters'], otherwise: { 'water.owed': 0, 'water.kind': "bearer's" } },
      );
      await withScratch({ threads: 1 }, async (sql) => {
        await sql.run(PROFILE);
        await makeFieldTables(sql, [table]);
        const { person } = joinFieldTables(PROFILES, [table]);
        expect(
          await sql.rows(
            `SELECT DISTINCT right(person_id::VARCHAR, 1) AS p, "water.owed"::VARCHAR AS owed, "water.kind" AS kind FROM ${person} ORDER BY ALL`,
          ),
        ).toEqual([
          { p: '1', owed: '0.00', kind: 'pipe' },
          { p: '2', owed: '0.00', kind: "bearer's" },
          { p: '3', owed: '0.00', kind: "bearer's" },
        ]);
        const columns = await sql.rows<{ column_name: string }>('DESCRIBE water_person');
        expect(columns.map(({ column_name }) => column_name)).toEqual([
          'person_id',
          'water.owed',
          'water.kind',
          'meters',
        ]);
      });
    });
  });

  it('leave the profile as it was when there are none', () => {
    expect(joinFieldTables(PROFILES, [])).toEqual(PROFILES);
  });

  it.each([
    [
      'has two rows of a person',
      `SELECT ${hex(1)} AS person_id, true AS "water.cut_off", 1 AS "water.owed" FROM range(2)`,
      /water: .* a person_id more than one row/,
    ],
    [
      'lacks a field',
      `SELECT ${hex(1)} AS person_id, true AS "water.cut_off"`,
      /water: .* no water\.owed/,
    ],
  ])('stop the run when the SELECT %s', async (_name, person, message) => {
    await withTables({ person }, async (sql, tables) => {
      await expect(makeFieldTables(sql, tables)).rejects.toThrow(message);
    });
  });
});

describe('a further agency’s extract', () => {
  it('is waited for once something came or a rule in force needs it, those of the contract always', async () => {
    const contracts = await loadContracts();
    const some = [...contracts.values()][0];
    if (some === undefined) throw new Error('there are contracts');
    const known = [...contracts].filter(([, { awaited }]) => awaited).map(([source]) => source);
    expect(known).toHaveLength(11);
    const deployment = {
      contracts: new Map([
        ...contracts,
        ['water/meters', { ...some, agency: 'water', awaited: false }],
      ]),
      rules: await openRuleBook({ parameters: [], trial: [] }),
    };
    expect(expectedSources(deployment, () => false)).toEqual(known);
    expect(expectedSources(deployment, (source) => source === 'water/meters')).toEqual([
      ...known,
      'water/meters',
    ]);
    const [rule] = deployment.rules.rules;
    if (rule === undefined) throw new Error('there are rules');
    const rules = { ...deployment.rules, rules: [{ ...rule, needs: ['water/meters'] }] };
    expect(expectedSources({ ...deployment, rules }, () => false)).toContain('water/meters');
  });
});

describe('a home’s trial', () => {
  it('names rules that there are on trial, and nothing else', async () => {
    const book = await openRuleBook({ parameters: [], trial: [] });
    expect(rulesInForce(book).map(({ maturity }) => maturity)).not.toContain('trial');
    for (const id of ['ILL-01', 'ILL-99'])
      await expect(openRuleBook({ parameters: [], trial: [id] })).rejects.toThrow(id);
  });
});
