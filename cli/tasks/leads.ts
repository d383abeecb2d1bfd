import { usageError } from '../../core/errors.ts';
import { shanghaiMonth } from '../../core/clock.ts';
import { parseMonth } from '../../core/month.ts';
import type { LeadOutcome } from '../../store/records.ts';
import { streamLeads } from '../../cases/lead/list.ts';
import { closeLead, OUTCOMES } from '../../cases/lead/outcome.ts';
import { SCORE_COLUMNS, SCORE_SHOWN, scoredLeads } from '../../cases/lead/score.ts';
import { scoreWeights } from '../../cases/lead/score-weights.ts';
import { asOf } from '../as-of.ts';
import { text, type Invocation } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome, type OpenedHome } from '../open.ts';
import { requireMonth, requireText } from '../require.ts';

const COLUMNS = [
  'lead_id',
  'direction',
  'household_id',
  'person_id',
  'county',
  'township',
  'opened_month',
  'status',
  'priority',
  'rules',
] as const;

function isOutcome(value: string): value is LeadOutcome['outcome'] {
  return Object.hasOwn(OUTCOMES, value);
}

export async function close(invocation: Invocation): Promise<void> {
  const [lead = ''] = invocation.positionals;
  const outcome = requireText(invocation, 'outcome');
  if (!isOutcome(outcome))
    throw usageError(
      `'${outcome}' is not an outcome`,
      `one of ${Object.keys(OUTCOMES).join(', ')}`,
    );
  const month = text(invocation, 'month');
  await withHome(invocation, async ({ store }) => {
    const { changed } = await closeLead(store, {
      lead_id: lead,
      month: month === undefined ? shanghaiMonth(invocation.clock) : parseMonth(month),
      outcome,
      reason: text(invocation, 'reason') ?? '',
      clause: text(invocation, 'clause') ?? '',
      by: text(invocation, 'by') ?? 'command-line',
    });
    await invocation.out(`${changed ? 'closed' : 'was already closed like this'}: ${lead}\n`);
  });
}

export async function show(invocation: Invocation): Promise<void> {
  const month = requireMonth(invocation);
  const county = text(invocation, 'county') ?? null;
  const scores = invocation.values['scores'] === true;
  const leads = async ({ store, divisions, deployment }: OpenedHome): Promise<void> => {
    if (county !== null && divisions.find(county)?.level !== 'county')
      throw usageError(`'${county}' is no county of ${divisions.province.name}`);
    if (!scores) return writeCsv(invocation, COLUMNS, streamLeads(store.sql, month, county));
    const counties = county === null ? divisions.counties.map(({ code }) => code) : [county];
    const from = scoredLeads(scoreWeights(await deployment(), month, counties));
    const more = { columns: SCORE_SHOWN, from };
    await writeCsv(
      invocation,
      [...COLUMNS, ...SCORE_COLUMNS],
      streamLeads(store.sql, month, county, more),
    );
  };
  return withHome(invocation, leads, {
    asOf: asOf(invocation),
    reads: { route: 'doudi leads', place: county ?? '' },
  });
}
