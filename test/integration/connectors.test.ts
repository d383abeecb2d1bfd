/** One suite for every connector: what a folder below `connectors/` must have, and that its fixture loads. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConnectors, loadFieldTables } from '../../connectors/index.ts';
import { sourceName, viewName } from '../../files/extract/contract.ts';
import { factsOf } from '../../files/extract/columns.ts';
import { readOf } from '../../core/field.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { doudi, ROOT, withHome } from '../support/doudi.ts';

const MONTH = '2025-08';
const connectors = await loadConnectors();
const tables = await loadFieldTables();
const contracts = connectors.flatMap((connector) => connector.contracts);

describe('connectors', () => {
  it('know the nine agencies and eleven datasets of the contract', () => {
    const known = contracts.map(({ agency, dataset }) => `${agency}/${dataset}`);
    expect(known).toEqual(
      expect.arrayContaining([
        'civil-affairs/assistance',
        'civil-affairs/members',
        'cross-check/facts',
        'disabled-federation/certificates',
        'education/enrolment',
        'emergency/affected',
        'human-resources/employment',
        'medical-insurance/settlements',
        'medical-insurance/insured',
        'rural-revitalization/monitored',
        'villages/reports',
      ]),
    );
    const views = contracts.map(viewName);
    expect(new Set(views).size).toBe(views.length);
  });

  it.each(connectors.map((c) => [c.agency, c] as const))(
    '%s stands in the folder of its name and explains its columns',
    (agency, connector) => {
      const readme = readFileSync(join(ROOT, `connectors/${agency}/README.md`), 'utf8');
      for (const contract of connector.contracts) {
        expect(contract.agency).toBe(agency);
        for (const name of Object.keys(contract.row.shape)) expect(readme).toContain(`\`${name}\``);
      }
    },
  );

  it.each(
    connectors
      .filter(({ fields = [] }) => fields.length > 0)
      .map((connector) => [connector.agency, connector] as const),
  )('%s: its fields read its own extracts and stand on its page', (agency, { fields = [] }) => {
    const page = readFileSync(join(ROOT, `docs/connectors/${agency}.md`), 'utf8');
    const own = contracts.filter((contract) => contract.agency === agency);
    for (const table of fields) {
      expect(table.agency).toBe(agency);
      for (const { name, reads, narrows } of table.fields) {
        expect(reads.length).toBeGreaterThan(0);
        for (const read of [...reads, ...narrows])
          expect(own.map(sourceName)).toContain(readOf(read).source);
        expect(page).toContain(`\`${name}\``);
      }
      const known = new Set([
        ...own.map(viewName).flatMap((view) => [view, `${view}_previous`]),
        ...fields.slice(0, fields.indexOf(table)).map(({ relation }) => relation),
        'roster_of_month',
      ]);
      const relations = [
        ...tables.map(({ relation }) => relation),
        ...contracts.map(viewName).flatMap((view) => [view, `${view}_previous`]),
      ];
      const names = new Set(table.sql.replace(/--.*$/gm, '').match(/\b[a-z_]+\b/g));
      expect(relations.filter((name) => names.has(name) && !known.has(name))).toEqual([]);
    }
  });

  it('share no relation, and no first word of a field but person and household', () => {
    const relations = tables.map(({ relation }) => relation);
    expect(new Set(relations).size).toBe(relations.length);
    const owners = new Map<string, Set<string>>();
    for (const { agency, fields } of tables)
      for (const { name } of fields) {
        const [word = ''] = name.split('.');
        owners.set(word, (owners.get(word) ?? new Set()).add(agency));
      }
    owners.delete('person');
    owners.delete('household');
    for (const [word, agencies] of owners) expect([word, agencies.size]).toEqual([word, 1]);
  });

  it.each(contracts.map((c) => [`${c.agency}/${c.dataset}`, c] as const))(
    '%s: no header means two columns, no label two values',
    (_name, contract) => {
      const headers = Object.entries(contract.row.shape).flatMap(([name, column]) => [
        name,
        ...factsOf(column).aliases,
      ]);
      expect(headers.filter((header, index) => headers.indexOf(header) !== index)).toEqual([]);
      for (const column of Object.values(contract.row.shape))
        expect(factsOf(column).accepts).not.toBe('');
    },
  );

  it('say what is a fact about a dataset in its contract, and of columns that it has', () => {
    const ranks = contracts.flatMap(({ roster }) => (roster === null ? [] : [roster.rank]));
    expect(new Set(ranks).size).toBe(ranks.length);
    for (const contract of contracts) {
      const columns = Object.keys(contract.row.shape);
      const { roster, oneRow, window } = contract;
      if (roster?.homes === true)
        expect(columns).toEqual(expect.arrayContaining(['person_id', 'household_id', 'county']));
      const latest = roster?.latest === undefined ? null : contract.row.shape[roster.latest];
      if (latest !== null) {
        expect(latest).toBeDefined();
        if (latest !== undefined)
          expect(factsOf(latest)).toMatchObject({ required: true, type: { kind: 'date' } });
      }
      if (oneRow !== null) expect(columns).toEqual(expect.arrayContaining([...oneRow.key]));
      if (window !== 'ever') expect(window).toBeGreaterThan(0);
    }
  });

  it('are named by their contracts and not by strings in the rest of the program', () => {
    const folders = [
      ...['core', 'store', 'queue', 'files', 'pseudonym', 'transport', 'warnings', 'cases'],
      ...['exchange', 'published', 'synthetic', 'pipelines', 'web', 'cli'],
    ];
    const names = contracts.map((contract) => `'${sourceName(contract)}`);
    const found = folders.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.tsx?$/.test(path))
        .map((path) => join(folder, path))
        .filter((path) => {
          const text = readFileSync(join(ROOT, path), 'utf8');
          return names.some((name) => text.includes(name));
        }),
    );
    expect(found).toEqual([]);
  });

  it('read their fixtures without a bad row, and the same through Chinese headers', async () => {
    await withHome(async (home) => {
      const inbox = join(home, 'inbox');
      for (const { agency, dataset } of contracts) {
        const fixture = join(ROOT, `connectors/${agency}/fixtures/${dataset}.csv`);
        expect(existsSync(fixture)).toBe(true);
        mkdirSync(join(inbox, agency, dataset), { recursive: true });
        copyFileSync(fixture, join(inbox, agency, dataset, `${MONTH}.csv`));
      }
      const report = JSON.parse(
        await doudi(home, ['run', '--month', MONTH, '--inbox', inbox, '--json']),
      ) as RunReport;
      expect(report.files.map(({ outcome, quarantined }) => [outcome, quarantined])).toEqual(
        contracts.map(() => ['loaded', 0]),
      );
      expect(report.strangers).toEqual([]);
    });
  });
});
