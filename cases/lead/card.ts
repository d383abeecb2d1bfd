/** A complete lead: what the clerk reads, a county's own system fetches, and a webhook carries. */
import { MonitorError } from '../../core/errors.ts';
import type { Month } from '../../core/month.ts';
import type { Divisions } from '../../core/region.ts';
import { inRegion } from '../../store/in-region.ts';
import { hexOf, literal, type Sql } from '../../store/sql.ts';
import { SCORE_SHOWN, scoredLeads, scoreInWords, type Score } from './score.ts';
import { needsOf } from '../../warnings/rule-book.ts';
import { warningInWords } from '../../warnings/words.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import { scoreWeights } from './score-weights.ts';

export interface LeadEvidence {
  readonly rule: string;
  readonly title: string;
  readonly title_en: string;
  readonly person_id: string | null;
  /** Month in which the warning joined the lead. */
  readonly since: string;
  readonly holds: boolean;
  readonly sentence: string;
  readonly sentence_en: string;
  readonly basis: readonly string[];
  readonly advice: string;
  readonly limits: string;
}

/** Rank among leads of one priority, with the arithmetic in words. */
export interface LeadScore {
  readonly value: number;
  readonly words: string;
  readonly words_en: string;
}

export interface LeadCard {
  readonly lead_id: string;
  readonly direction: 'need' | 'exit' | 'correction';
  readonly household_id: string | null;
  readonly person_id: string | null;
  readonly county: string;
  readonly county_name: string;
  readonly township: string | null;
  readonly township_name: string | null;
  readonly opened_month: string;
  readonly status: 'open' | 'struck' | 'closed';
  readonly priority: number;
  readonly rules: readonly string[];
  readonly delivery: 'waiting' | 'delivered' | 'dead';
  readonly delivered_at: string | null;
  readonly score: LeadScore | null;
  readonly evidence: readonly LeadEvidence[];
  readonly outcome: {
    readonly month: string;
    readonly outcome: string;
    readonly reason: string;
    readonly clause: string;
  } | null;
}

type Head = Omit<
  LeadCard,
  | 'county_name'
  | 'township_name'
  | 'evidence'
  | 'score'
  | 'outcome'
  | 'status'
  | 'priority'
  | 'rules'
  | 'delivery'
> & { readonly arrived: boolean; readonly dead: boolean };

interface Standing {
  readonly rule: string;
  readonly person_id: string | null;
  readonly priority: number;
  readonly action: 'attached' | 'struck';
  readonly since: string;
  readonly evidence: string | null;
}

/** One-word status of a lead with its county. */
export function deliveryState(arrived: boolean, dead: boolean): LeadCard['delivery'] {
  return arrived ? 'delivered' : dead ? 'dead' : 'waiting';
}

/** @returns null if the lead is not open */
export function scoreAnswer(score: Score): LeadScore | null {
  const [words, words_en] = [scoreInWords(score, 'zh'), scoreInWords(score, 'en')];
  return score.score === null || words === null || words_en === null
    ? null
    : { value: score.score, words, words_en };
}

/** The score from the last month whose cards were evaluated. */
async function readScore(
  sql: Sql,
  deployment: Pick<Deployment, 'rules' | 'divisions'>,
  { lead_id: id, county }: Head,
): Promise<LeadScore | null> {
  const [last] = await sql.rows<{ month: Month | null }>(
    "SELECT max(month) AS month FROM step_record WHERE step = 'openLeads'",
  );
  if (last === undefined || last.month === null) return null;
  await sql.run(`SET VARIABLE month = ${literal(last.month)}`);
  const [score] = await sql.rows<Score>(
    `SELECT ${SCORE_SHOWN} FROM (${scoredLeads(scoreWeights(deployment, last.month, [county]))}) WHERE lead_id = ${literal(id)}`,
  );
  return score === undefined ? null : scoreAnswer(score);
}

async function readHead(sql: Sql, divisions: Divisions, id: string, region: string): Promise<Head> {
  const [head] = await sql.rows<Head>(`
    SELECT l.lead_id, l.direction, ${hexOf('l.household_id')} AS household_id, ${hexOf('l.person_id')} AS person_id,
      l.county, l.township, l.opened_month, a.delivered_at, a.delivered_at IS NOT NULL AS arrived, coalesce(a.dead, false) AS dead
    FROM lead l LEFT JOIN (
      SELECT lead_id, min(recorded_at) FILTER (outcome = 'done' AND channel <> 'webhook') AS delivered_at,
        arg_max(outcome, seq) = 'dead' AS dead
      FROM lead_delivery WHERE lead_id = ${literal(id)} GROUP BY lead_id
    ) a ON a.lead_id = l.lead_id
    WHERE l.lead_id = ${literal(id)} AND ${inRegion(divisions, region, { county: 'l.county', township: 'l.township' })}`);
  if (head === undefined)
    throw new MonitorError('lead-unknown', `there is no lead ${id}`, { severity: 'reject' });
  return head;
}

/** Every warning that was ever on the card, with its newest evidence. */
function readStanding(sql: Sql, id: string, head: Head): Promise<Standing[]> {
  const home =
    head.household_id === null
      ? `w.household_id IS NULL AND w.person_id = ${literal(head.person_id ?? '')}::UUID`
      : `w.household_id = ${literal(head.household_id)}::UUID`;
  return sql.rows<Standing>(`
    WITH event AS (
      SELECT rule, person_id, arg_max(priority, seq) AS priority, arg_max(action, {'m': month, 's': seq}) AS action,
        max(month) FILTER (action = 'attached') AS since
      FROM lead_event WHERE lead_id = ${literal(id)} GROUP BY rule, person_id
    ), proof AS (
      SELECT w.rule, w.person_id, arg_max(w.evidence, w.month) AS evidence FROM warning w
      WHERE w.direction = ${literal(head.direction)} AND ${home} GROUP BY w.rule, w.person_id
    )
    SELECT e.rule, ${hexOf('e.person_id')} AS person_id, e.priority, e.action, e.since, p.evidence
    FROM event e LEFT JOIN proof p ON p.rule = e.rule AND p.person_id IS NOT DISTINCT FROM e.person_id
    ORDER BY e.action, e.priority, e.rule, person_id`);
}

/**
 * @param region limits the search; default: the whole province
 * @returns the current lead
 * @throws MonitorError `lead-unknown`
 */
export async function readLeadCard(
  sql: Sql,
  deployment: Pick<Deployment, 'rules' | 'divisions' | 'contracts'>,
  id: string,
  region: string = deployment.divisions.province.code,
): Promise<LeadCard> {
  const { rules: book, divisions, contracts } = deployment;
  const { rules, vocabulary } = book;
  const { arrived, dead, ...head } = await readHead(sql, divisions, id, region);
  const standing = await readStanding(sql, id, { arrived, dead, ...head });
  const [outcome] = await sql.rows<NonNullable<LeadCard['outcome']>>(
    `SELECT month, outcome, reason, clause FROM lead_outcome WHERE lead_id = ${literal(id)} ORDER BY seq DESC LIMIT 1`,
  );
  const live = standing.filter(({ action }) => action === 'attached');
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    ...head,
    county_name: divisions.find(head.county)?.name ?? head.county,
    township_name: head.township === null ? null : (divisions.find(head.township)?.name ?? null),
    status: outcome !== undefined ? 'closed' : live.length === 0 ? 'struck' : 'open',
    priority: Math.min(...(live.length > 0 ? live : standing).map(({ priority }) => priority)),
    rules: [...new Set(live.map(({ rule }) => rule))].sort(),
    delivery: deliveryState(arrived, dead),
    outcome: outcome ?? null,
    score: await readScore(sql, deployment, { arrived, dead, ...head }),
    evidence: standing.map(({ rule: ruleId, person_id, action, since, evidence }) => {
      const rule = known.get(ruleId);
      const say = (language: 'zh' | 'en'): string => {
        if (rule === undefined || evidence === null) return ruleId;
        const words = warningInWords(rule, evidence, vocabulary, language);
        const from = needsOf(rule, vocabulary.fields).filter((source) => !source.includes('@'));
        if (from.length === 0) return words;
        return language === 'zh'
          ? `${words}数据：${from.map((source) => contracts.get(source)?.title ?? source).join('、')}。`
          : `${words} Data: ${from.join(', ')}.`;
      };
      return {
        rule: ruleId,
        title: rule?.title ?? ruleId,
        title_en: rule?.title_en ?? ruleId,
        person_id,
        since,
        holds: action === 'attached',
        sentence: say('zh'),
        sentence_en: say('en'),
        basis:
          rule?.basis.map(({ doc, clause }) => (clause === '-' ? doc : `${doc} ${clause}`)) ?? [],
        advice: rule?.advice ?? '',
        limits: rule?.limits ?? '',
      };
    }),
  };
}
