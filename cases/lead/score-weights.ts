/** Score weights of counties, from the parameters `score-*` in force at the end of a month. */
import { lastDay, type Month } from '../../core/month.ts';
import type { ScoreWeights } from './score.ts';
import type { FigureName } from '../../warnings/figure-names.ts';
import { lookUp } from '../../warnings/parameters.ts';
import type { Deployment } from '../../warnings/deployment.ts';

export function scoreWeights(
  { rules, divisions }: Pick<Deployment, 'rules' | 'divisions'>,
  month: Month,
  counties: readonly string[],
): ScoreWeights[] {
  return counties.map((county) => {
    const figure = (name: FigureName, where: Readonly<Record<string, string>> = {}): number =>
      Number(lookUp(rules.parameters, divisions, name, county, lastDay(month), where)?.value ?? 0);
    const severity = (priority: string): number => figure('score-severity', { priority });
    return {
      county,
      severity: [severity('1'), severity('2'), severity('3'), severity('4')],
      family: figure('score-family-weight'),
      month: figure('score-month-weight'),
      monthsMost: figure('score-months-most'),
      outcomeMonths: figure('score-outcome-months'),
      priorCases: figure('score-prior-cases'),
      priorShare: figure('score-prior-share'),
    };
  });
}
