/** A served home with figures to look at: a generated province of three months, and readers of all kinds. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '../../core/clock.ts';
import { CONFIG, doudi, parseCsv } from './doudi.ts';
import { moveCases } from './figure-cases.ts';
import { generate } from './province.ts';
import { until } from './queues.ts';
import { sharedFolder } from './shared-home.ts';
import { serve, type Served } from './served.ts';

export const FROM = '2025-08';
export const TO = '2025-10';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Tokens of the readers in the order of their rights. */
export const TOKENS = {
  /** The whole province, protected. */
  outside: 'token of a reader outside',
  /** One prefecture, exact. */
  guiyang: 'token of a reader in Guiyang',
  /** The whole province, with users of Grafana. */
  grafana: 'token of Grafana',
  /** The queries of alert rules, for no user. */
  alerts: 'token of alert rules',
} as const;

/** A day of the yearly check: shipped ones are of years that are over. */
const CAMPAIGN = `  - { name: campaign-rural, where: { milestone: visits-to }, region: "520000", from: 2025-01-01, to: 2025-12-31, value: 2025-11-30, unit: date, doc: trial, clause: "-" }
`;

const READERS = `readers:
  outside: { token_sha256: "${sha256(TOKENS.outside)}" }
  guiyang: { token_sha256: "${sha256(TOKENS.guiyang)}", region: "520100", counts: exact }
  grafana:
    token_sha256: "${sha256(TOKENS.grafana)}"
    user_header: X-Grafana-User
    counts: exact
    users: { clerk: { region: "520102", counts: exact }, guest: {} }
  alerts:
    token_sha256: "${sha256(TOKENS.alerts)}"
    user_header: X-Grafana-User
    counts: exact
    alerts: true
`;

export const bearer = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
});

export interface Figures {
  readonly home: string;
  readonly served: Served;
  close(): Promise<void>;
}

/** The clock of the served home is that of `serve`; runs are made a day before. */
const RAN = fixedClock('2025-11-10T09:00:00+08:00');

async function makeFigures(home: string): Promise<void> {
  writeFileSync(join(home, 'doudi.yaml'), `${CONFIG}${CAMPAIGN}${READERS}`);
  const inbox = await generate(home, { persons: 3000, months: `${FROM}..${TO}`, seed: 9 });
  for (const month of [FROM, '2025-09', TO])
    await doudi(home, ['run', '--month', month, '--inbox', inbox], RAN);
  await doudi(home, ['lists', 'export', '--month', TO], RAN);
  const [lead] = parseCsv(await doudi(home, ['leads', '--month', TO], RAN));
  const close = ['leads', 'close', lead?.['lead_id'] ?? '', '--month', TO];
  await doudi(home, [...close, '--outcome', 'assisted', '--reason', '已救助'], RAN);
  await moveCases(home, RAN, '2025-11-10');
  const tried = ['EDU-03', '--from', FROM, '--to', TO, '--set', 'school-out-of-pocket=8000'];
  await doudi(home, ['rules', 'backtest', ...tried, '--keep'], RAN);
}

export async function serveFigures(): Promise<Figures> {
  const home = mkdtempSync(join(tmpdir(), 'doudi-'));
  await sharedFolder(home, ['figures'], makeFigures);
  const served = await serve(home);
  // What stands in the home since the last run is published at the start, beside the first answers.
  await until('published', async () => {
    const path = `/rows/exchange_lists?from=${TO}&to=${TO}&region=all`;
    return (await served.json<{ data: unknown[] }>(path)).data.length > 0;
  });
  return {
    home,
    served,
    async close() {
      await served.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
