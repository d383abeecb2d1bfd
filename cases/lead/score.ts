/**
 * The priority score of an open lead: severity × families × months open × how often the rule was right. It orders a
 * queue within one priority and decides nothing; every factor is shown beside the result.
 *
 * - severity: by the lead's priority (1 first to 4);
 * - families: 1, plus a share for each further family of rules on the card;
 * - months: 1 in the month it was opened, plus a share for each further one, up to a limit;
 * - how often it was right: of the answered leads that carried the rule, the share in which help followed; some
 *   prior cases are added so that one answer does not decide. Of several rules the best counts.
 */
import { readFileSync } from 'node:fs';
import { literal } from '../../store/sql.ts';
import { leadsOfMonth } from './list.ts';

/** Weights of one county, from the parameters `score-*`. */
export interface ScoreWeights {
  readonly county: string;
  /** By priority 1 to 4. */
  readonly severity: readonly [number, number, number, number];
  readonly family: number;
  readonly month: number;
  readonly monthsMost: number;
  readonly outcomeMonths: number;
  readonly priorCases: number;
  readonly priorShare: number;
}

/** No score: the lead is not open. */
export interface Score {
  readonly score: number | null;
  readonly severity: number | null;
  readonly families: number | null;
  readonly family_factor: number | null;
  readonly months_open: number | null;
  readonly month_factor: number | null;
  /** 0 to 1. */
  readonly precision: number | null;
  /** The rule whose answers count, how many there are, and in how many help followed. */
  readonly judged_rule: string | null;
  readonly decided: number | null;
  readonly confirmed: number | null;
}

export const SCORE_COLUMNS = [
  'score',
  'severity',
  'families',
  'family_factor',
  'months_open',
  'month_factor',
  'precision',
  'judged_rule',
  'decided',
  'confirmed',
] as const satisfies readonly (keyof Score)[];

const COLUMNS = [
  'county',
  ...[1, 2, 3, 4].map((priority) => `severity_${priority}`),
  ...['family_weight', 'month_weight', 'months_most'],
  ...['outcome_months', 'prior_cases', 'prior_share'],
];

const arithmetic = readFileSync(new URL('score.sql', import.meta.url), 'utf8');

/** The columns of a score in a SELECT over `scoredLeads`. */
export const SCORE_SHOWN = SCORE_COLUMNS.map((name) =>
  ['score', 'severity', 'family_factor', 'month_factor', 'precision'].includes(name)
    ? `${name}::DOUBLE AS ${name}`
    : name,
).join(', ');

/**
 * The SELECT of these counties' cards in a month with their scores; set the variable `month` first. Leads that are
 * not open have no score.
 */
export function scoredLeads(weights: readonly ScoreWeights[]): string {
  const rows = weights.map(
    ({ county, severity, family, month, monthsMost, outcomeMonths, priorCases, priorShare }) =>
      `(${[literal(county), ...severity, family, month, monthsMost, outcomeMonths, priorCases, priorShare].join(', ')})`,
  );
  return `SELECT * FROM (
    WITH weight(${COLUMNS.join(', ')}) AS (VALUES ${rows.join(', ')}),
    listed AS (SELECT l.* FROM (${leadsOfMonth}) l SEMI JOIN weight USING (county))
    ${arithmetic}
  )`;
}

const number = (value: number, digits = 2): string => String(Number(value.toFixed(digits)));

/** The arithmetic as a sentence; null if the lead is not open. */
export function scoreInWords(score: Score, language: 'zh' | 'en'): string | null {
  const { severity, families, family_factor, months_open, month_factor, precision } = score;
  if (
    score.score === null ||
    severity === null ||
    families === null ||
    family_factor === null ||
    months_open === null ||
    month_factor === null ||
    precision === null
  )
    return null;
  const right =
    score.decided === null || score.decided === 0
      ? { zh: '尚无核查结果，取起算值', en: 'no answers yet' }
      : {
          zh: `${score.judged_rule ?? ''} 已核查 ${score.decided} 件，属实 ${score.confirmed ?? 0} 件`,
          en: `${score.judged_rule ?? ''}, ${score.confirmed ?? 0} of ${score.decided}`,
        };
  return language === 'zh'
    ? `${number(score.score)} = ${number(severity)}（严重程度）× ${number(family_factor)}（${families} 类风险）× ${number(month_factor)}（第 ${months_open} 个月）× ${number(precision)}（核实率：${right.zh}）`
    : `${number(score.score)} = ${number(severity)} (severity) × ${number(family_factor)} (${families} families of risk) × ${number(month_factor)} (month ${months_open}) × ${number(precision)} (confirmed: ${right.en})`;
}
