import { z } from 'zod';
import { countiesOf } from '../../core/account.ts';
import { inCounties } from '../../store/in-region.ts';
import { monthIndex, type Month } from '../../core/month.ts';
import { expectedSources } from '../../warnings/expected-sources.ts';
import { openAlarms } from '../../warnings/alarms.ts';
import { rulesInForce } from '../../warnings/rule-book.ts';
import { splitRules } from '../../warnings/watch.ts';
import { ruleInWords } from '../../warnings/words.ts';
import {
  monthAnswer,
  type CountyAnswer,
  type QualityAnswer,
  type RuleAnswer,
  type SourceAnswer,
  type StepAnswer,
} from '../api.ts';
import { month as monthField } from '../fields.ts';
import { monthThatWasRun, prefectureOf, runMonths } from '../read.ts';
import { FIGURE_ROLES, read } from '../route.ts';
import type { Services } from '../services.ts';

/** Months covered by a rule's history. */
const HISTORY = 24;

/** By source and month. */
async function qualityOf(
  { published }: Services,
  month: Month,
): Promise<ReadonlyMap<string, QualityAnswer>> {
  const rows = await published.rows<
    Omit<QualityAnswer, 'rows' | 'quarantined'> & {
      source: string;
      month: string;
      rows: string | null;
      quarantined: string | null;
    }
  >(
    `SELECT agency || '/' || dataset AS source, month, rows, quarantined, share, versions, refused, days_after_month
     FROM source_quality WHERE month <= $month`,
    { month },
  );
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  return new Map(
    rows.map(({ source, month: at, ...row }) => [
      `${source} ${at}`,
      { ...row, rows: number(row.rows), quarantined: number(row.quarantined) },
    ]),
  );
}

async function sources(
  services: Services,
  month: Month,
  months: readonly Month[],
): Promise<SourceAnswer[]> {
  const { published, deployment } = services;
  const quality = await qualityOf(services, month);
  const rows = await published.rows<{
    source: string;
    month: string;
    version: number;
    rows: string;
    quarantined: string;
    received_at: string;
  }>(
    `SELECT agency || '/' || dataset AS source, month, version, rows, quarantined, received_at FROM source
     WHERE month <= $month QUALIFY row_number() OVER (PARTITION BY agency, dataset ORDER BY month DESC) = 1`,
    { month },
  );
  const refusals = await published.rows<{ source: string; n: number }>(
    "SELECT agency || '/' || dataset AS source, n FROM refusal WHERE month = $month",
    { month },
  );
  const standing = new Map(rows.map((row) => [row.source, row]));
  const refused = new Map(refusals.map(({ source, n }) => [source, n]));
  const expected = expectedSources(
    deployment,
    (source) => standing.has(source) || refused.has(source),
  );
  return expected.map((source) => {
    const at = standing.get(source);
    const [agency = '', dataset = ''] = source.split('/');
    return {
      agency,
      dataset,
      title: deployment.contracts.get(source)?.title ?? source,
      stands_at: at?.month ?? null,
      version: at?.version ?? null,
      rows: Number(at?.rows ?? 0),
      quarantined: Number(at?.quarantined ?? 0),
      received_at: at?.received_at ?? null,
      refused: refused.get(source) ?? 0,
      quality: months.map((of) => quality.get(`${source} ${of}`) ?? null),
    };
  });
}

async function steps({ published }: Services, month: Month): Promise<StepAnswer[]> {
  const rows = await published.rows<{
    step: string;
    rows: string;
    counts: string;
    finished_at: string;
  }>('SELECT step, rows, counts, finished_at FROM step WHERE month = $month ORDER BY seq', {
    month,
  });
  return rows.map((row) => ({
    step: row.step,
    rows: Number(row.rows),
    // Counts of warn belong to the rules, which have their own table.
    counts: row.step === 'warn' ? {} : (JSON.parse(row.counts) as Record<string, number>),
    finished_at: row.finished_at,
  }));
}

async function rules(
  { published, deployment }: Services,
  month: Month,
  months: readonly Month[],
  region: string,
): Promise<RuleAnswer[]> {
  const counties = countiesOf(deployment.divisions, region).length;
  const inside = inCounties(deployment.divisions, region, 'county');
  const hits = await published.rows<{ month: string; rule: string; n: number }>(
    `SELECT month, rule, sum(n)::INTEGER AS n FROM warning WHERE month <= $month AND ${inside} GROUP BY ALL`,
    { month },
  );
  const open = await published.rows<{
    month: string;
    rule: string;
    missing: string;
    counties: number;
  }>(
    'SELECT month, rule, missing, counties FROM not_evaluated WHERE month <= $month ORDER BY missing',
    {
      month,
    },
  );
  const found = new Map(hits.map((row) => [`${row.month} ${row.rule}`, row.n]));
  const nowhere = new Set(
    open.filter((row) => row.counties === counties).map((row) => `${row.month} ${row.rule}`),
  );
  const numberOf = (at: Month, rule: string): number | null =>
    nowhere.has(`${at} ${rule}`) ? null : (found.get(`${at} ${rule}`) ?? 0);
  return splitRules(rulesInForce(deployment.rules)).warning.map((rule) => ({
    id: rule.id,
    title: rule.title,
    title_en: rule.title_en,
    subject: rule.subject,
    direction: rule.direction,
    priority: rule.priority,
    basis: rule.basis.map(({ doc, clause }) => (clause === '-' ? doc : `${doc} ${clause}`)),
    words: ruleInWords(rule, deployment.rules.vocabulary),
    advice: rule.advice,
    limits: rule.limits,
    hits: numberOf(month, rule.id),
    history: months.map((at) => numberOf(at, rule.id)),
    not_evaluated: open
      .filter((row) => row.month === month && row.rule === rule.id)
      .map(({ missing, counties: n }) => ({ missing, counties: n })),
  }));
}

interface LeadCount {
  readonly county: string;
  readonly direction: 'need' | 'exit' | 'correction';
  readonly priority: number;
  readonly status: 'open' | 'struck' | 'closed';
  readonly opened: boolean;
  readonly n: number;
}

const total = (rows: readonly LeadCount[], keep: (row: LeadCount) => boolean): number =>
  rows.reduce((sum, row) => (keep(row) ? sum + row.n : sum), 0);

export default read(
  {
    path: '/months/:month',
    summary: {
      zh: '一个月的数字：来源、规则、线索、各县（只含本辖区的县）',
      en: 'Figures of a month, of the counties in one’s own region',
    },
    params: z.strictObject({ month: monthField }),
    answer: monthAnswer,
    rule: {
      unauthenticated: ['operator'],
      roles: FIGURE_ROLES,
      place: { of: 'own' },
      person: false,
    },
  },
  async ({ params, region, services }) => {
    const { published, deployment, store, reading } = services;
    const month = await monthThatWasRun(published, params.month);
    const own = new Set(countiesOf(deployment.divisions, region));
    const inside = inCounties(deployment.divisions, region, 'county');
    const months = (await runMonths(published)).filter(
      (at) => at <= month && monthIndex(month) - monthIndex(at) < HISTORY,
    );
    const leads = await published.rows<LeadCount>(
      `SELECT county, direction, priority, status, opened, n FROM lead WHERE month = $month AND ${inside}`,
      { month },
    );
    const warnings = await published.rows<{ county: string; n: number }>(
      `SELECT county, sum(n)::INTEGER AS n FROM warning WHERE month = $month AND ${inside} GROUP BY county`,
      { month },
    );
    const warned = new Map(warnings.map(({ county, n }) => [county, n]));
    const isOpen = (row: LeadCount): boolean => row.status === 'open';
    const { divisions, rules: book } = deployment;
    // Province-wide, and shown only to callers who may see the whole province.
    const whole = region === divisions.province.code;
    const alarms = whole
      ? await reading(() =>
          store.task((task) => openAlarms({ store: task, divisions, rules: book, month })),
        )
      : [];
    return {
      month,
      alarms,
      months,
      warnings: warnings.reduce((sum, { n }) => sum + n, 0),
      leads: {
        open: total(leads, isOpen),
        opened: total(leads, (row) => row.opened),
        struck: total(leads, (row) => row.status === 'struck'),
        closed: total(leads, (row) => row.status === 'closed'),
        by_direction: {
          need: total(leads, (row) => isOpen(row) && row.direction === 'need'),
          exit: total(leads, (row) => isOpen(row) && row.direction === 'exit'),
          correction: total(leads, (row) => isOpen(row) && row.direction === 'correction'),
        },
      },
      sources: await sources(services, month, months),
      steps: whole ? await steps(services, month) : [],
      rules: await rules(services, month, months, region),
      counties: divisions.counties
        .filter(({ code }) => own.has(code))
        .map((county): CountyAnswer => {
          const ofCounty = leads.filter((row) => row.county === county.code);
          const open = ofCounty.filter(isOpen);
          const at = (priority: number): number => total(open, (row) => row.priority === priority);
          return {
            code: county.code,
            name: county.name,
            prefecture: prefectureOf(divisions, county),
            warnings: warned.get(county.code) ?? 0,
            open: total(open, () => true),
            opened: total(ofCounty, (row) => row.opened),
            by_priority: [at(1), at(2), at(3), at(4)],
          };
        }),
    };
  },
);
