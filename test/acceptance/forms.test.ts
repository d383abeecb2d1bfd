/**
 * One month of all datasets in every format, encoding and by every transport: whatever form an extract comes in, the
 * ledger stands the same. Each home gets every dataset in another form. `DOUDI_FORMS=all` brings every dataset in
 * every form; otherwise every form comes at least once.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../connectors/index.ts';
import { readConfig } from '../../core/config.ts';
import { sha256 } from '../../core/hash.ts';
import { openHome } from '../../core/home.ts';
import { createLog } from '../../core/log.ts';
import type { Month } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { openStore, type Store } from '../../store/store.ts';
import { allJobs } from '../../pipelines/jobs/all.ts';
import { openDeployment } from '../../pipelines/deployment.ts';
import { quietProgress } from '../../pipelines/progress.ts';
import { CLOCK, doudi, withHome } from '../support/doudi.ts';
import { FORMS, readExtractSheet, type Extract } from '../support/formats/deliveries.ts';
import { deliver } from '../support/inbox.ts';
import { generate } from '../support/province.ts';
import { configure } from '../support/queues.ts';
import { standingHash } from '../support/state.ts';
import { makeCertificates } from '../support/servers/certificates.ts';
import { Depot } from '../support/servers/depot.ts';
import { withWeb } from '../support/servers/http.ts';
import { fingerprintOf, makeKey, PASSWORD, withSftp } from '../support/servers/sftp.ts';

const MONTH = '2025-10' as Month;
const LOG = createLog('silent');

/** The month as the product's own generator writes it. */
const extracts: Promise<ReadonlyMap<string, Extract>> = withHome(async (home) => {
  const inbox = await generate(home, { persons: 1000, months: `${MONTH}..${MONTH}`, seed: 11 });
  const contracts = await loadContracts();
  // Not every dataset is generated.
  const found = [...contracts].flatMap(([source, contract]) => {
    const path = join(inbox, source, `${MONTH}.csv`);
    return existsSync(path)
      ? [[source, readExtractSheet(contract, readFileSync(path))] as const]
      : [];
  });
  return new Map(found);
});

/** What stands by digest, and the extracts as they stand, so that a difference shows where it lies. */
async function standing(store: Store): Promise<unknown> {
  const taken = await store.sql.rows<{ n: number; q: number }>(
    'SELECT dataset, lake_sha256, row_count::INTEGER AS n, quarantined::INTEGER AS q FROM extract_version ORDER BY ALL',
  );
  return { taken, hash: await standingHash(store) };
}

async function stands(home: string): Promise<unknown> {
  const store = await openStore(openHome(home), CLOCK);
  try {
    return await standing(store);
  } finally {
    await store.close();
  }
}

type Files = ReadonlyMap<string, Buffer>;

/** Each dataset in another form, beginning with the given one. */
async function inForms(first: number): Promise<Files> {
  const files = new Map<string, Buffer>();
  let turn = first;
  for (const [source, extract] of await extracts) {
    const form = FORMS[turn % FORMS.length];
    if (form === undefined) throw new Error('no form');
    files.set(`${source}/${MONTH}.${form.format}`, await form.write(extract));
    turn += 1;
  }
  return files;
}

/** By the calendar's jobs, as `doudi serve` does it. */
async function collect(home: string): Promise<unknown> {
  const config = readConfig(home);
  const store = await openStore(openHome(home), CLOCK);
  try {
    const deployment = await openDeployment(
      config,
      divisionsOf(config.province, config.divisions),
      LOG,
    );
    for (const job of allJobs(store, deployment, quietProgress(LOG)))
      if (job.name !== 'lists') await job.work(MONTH);
    return await standing(store);
  } finally {
    await store.close();
  }
}

function depotOf(files: Files): Depot {
  const depot = new Depot();
  for (const [path, content] of files) {
    depot.put(path, content);
    const manifest = path.replace(/2025-10\..*$/, '2025-10.manifest.json');
    depot.put(manifest, JSON.stringify({ sha256: sha256(content) }));
  }
  return depot;
}

type Way = readonly [name: string, bring: Bring];
type Bring = (home: string, files: Files) => Promise<unknown>;

const byFolder: Bring = async (home, files) => {
  const inbox = join(home, 'inbox');
  for (const [path, content] of files) deliver(inbox, path, content);
  await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
  return stands(home);
};

const byHttp: Bring = (home, files) =>
  withWeb(depotOf(files), { says: 'etag' }, async ({ base }) => {
    configure(home, `sources: [{ name: one, kind: http, base: "${base}" }]\n`);
    return collect(home);
  });

const byHttps: Bring = (home, files) => {
  const { server } = makeCertificates(home);
  return withWeb(depotOf(files), { tls: server, says: 'sha256' }, async ({ base }) => {
    configure(home, `sources: [{ name: one, kind: http, base: "${base}", ca_file: ca.pem }]\n`);
    return collect(home);
  });
};

const bySftp: Bring = (home, files) => {
  const key = makeKey().private;
  writeFileSync(join(home, 'password'), PASSWORD);
  return withSftp(depotOf(files), { hostKey: () => key }, async ({ port }) => {
    configure(
      home,
      `sources: [{ name: one, kind: sftp, host: 127.0.0.1, port: ${port}, user: doudi, host_key: "${fingerprintOf(key)}", password_file: password }]\n`,
    );
    return collect(home);
  });
};

const WAYS: readonly [Way, ...Way[]] = [
  ['https', byHttps],
  ['sftp', bySftp],
  ['folder', byFolder],
  ['http', byHttp],
];

/** Eleven datasets in nineteen forms: two homes have every form once. */
const FIRSTS = process.env['DOUDI_FORMS'] === 'all' ? FORMS.map((_, index) => index) : [1, 9];

const plain = withHome(async (home) => {
  const files = new Map<string, Buffer>();
  for (const [source, extract] of await extracts)
    files.set(`${source}/${MONTH}.csv`, (await FORMS[0]?.write(extract)) ?? Buffer.alloc(0));
  return byFolder(home, files);
});

describe('the same month', { timeout: 3_600_000 }, () => {
  it('as plain CSV in a folder is what the others are held against', async () => {
    const { taken: stood } = (await plain) as { taken: { n: number; q: number }[] };
    expect(stood).toHaveLength(11);
    expect(stood.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(1000);
    expect(stood.reduce((sum, { q }) => sum + q, 0)).toBe(0);
  });

  it.each(FIRSTS)('every dataset in a form of its own, from form %i on', async (first) => {
    const [, bring] = WAYS[FIRSTS.indexOf(first) % WAYS.length] ?? WAYS[0];
    expect(await withHome(async (home) => bring(home, await inForms(first)))).toEqual(await plain);
  });
});
