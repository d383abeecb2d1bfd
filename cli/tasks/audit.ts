import { usageError } from '../../core/errors.ts';
import { findAudit } from '../../store/audit/query.ts';
import { checkAudit } from '../../store/audit/chain.ts';
import { parseDay } from '../../store/accounts/accounts.ts';
import { text, type Invocation } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome, type OpenedHome } from '../open.ts';
import { requireText } from '../require.ts';

const COLUMNS = [
  'seq',
  'at',
  'account',
  'role',
  'region',
  'route',
  'place',
  'subject',
  'outcome',
] as const;

async function list(invocation: Invocation, { store, divisions }: OpenedHome): Promise<void> {
  const region = text(invocation, 'county');
  if (region !== undefined && divisions.find(region) === undefined)
    throw usageError(`'${region}' is no division of ${divisions.province.name}`);
  const asked = {
    from: parseDay(text(invocation, 'from')) ?? undefined,
    to: parseDay(text(invocation, 'to')) ?? undefined,
    account: text(invocation, 'account'),
    region,
  };
  const all = { page: 1, size: Number.MAX_SAFE_INTEGER };
  const found = await findAudit(store.home, divisions, asked, all);
  const entries = found.entries.map(({ prev: _prev, hash: _hash, ...entry }) => entry);
  if (invocation.json) return invocation.out(`${JSON.stringify({ entries }, null, 2)}\n`);
  await writeCsv(invocation, COLUMNS, [entries]);
}

/** The anchor another department keeps, and brings back to check whether anything was cut off. */
async function printCheckpoint(invocation: Invocation, { store }: OpenedHome): Promise<void> {
  const { count, head } = checkAudit(store.home);
  await invocation.out(
    invocation.json ? `${JSON.stringify({ count, head })}\n` : `--count ${count} --head ${head}\n`,
  );
}

async function prove(invocation: Invocation, { store }: OpenedHome): Promise<void> {
  const count = Number(requireText(invocation, 'count'));
  const head = requireText(invocation, 'head');
  if (!Number.isSafeInteger(count) || count < 0 || !/^[0-9a-f]{64}$/.test(head))
    throw usageError('--count is a whole number, --head 64 hex digits');
  const now = checkAudit(store.home, { count, head });
  await invocation.out(
    invocation.json
      ? `${JSON.stringify({ ok: true, ...now })}\n`
      : `whole: ${now.count} entries, and the first ${count} are those of the checkpoint\n`,
  );
}

export const show = (invocation: Invocation): Promise<void> =>
  withHome(invocation, (opened) => list(invocation, opened), {
    reads: { route: 'doudi audit', place: text(invocation, 'county') },
  });

export const checkpoint = (invocation: Invocation): Promise<void> =>
  withHome(invocation, (opened) => printCheckpoint(invocation, opened));

export const check = (invocation: Invocation): Promise<void> =>
  withHome(invocation, (opened) => prove(invocation, opened));
