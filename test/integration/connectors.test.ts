/** One suite for every connector: what a folder below `connectors/` must have, and that its fixture loads. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConnectors, loadFieldTables } from '../../connectors/index.ts';
import { sourceName, viewName } from '../../connectors/kit/contract.ts';
import { factsOf } from '../../connectors/kit/columns.ts';
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

  it.each(tables.map((table) => [table.agency, table] as const))(
    '%s: its fields bear its name, read extracts that there are, and stand on its page',
    (agency, table) => {
      const page = readFileSync(join(ROOT, `docs/connectors/${agency}.md`), 'utf8');
      const sources = contracts.map(sourceName);
      for (const { name, reads, narrows } of table.fields) {
        expect(name.startsWith(`${agency.replaceAll('-', '_')}.`)).toBe(true);
        expect(reads.length).toBeGreaterThan(0);
        for (const read of [...reads, ...narrows]) expect(sources).toContain(readOf(read).source);
        expect(page).toContain(`\`${name}\``);
      }
    },
  );

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
    const folders = ['cli', 'core', 'exchange', 'leads', 'pipelines', 'web'];
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
