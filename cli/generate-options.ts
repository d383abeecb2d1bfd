/** Fills the generator's thresholds from the parameters of the home, so that planted cases lie exactly at them. */
import { MonitorError } from '../core/errors.ts';
import { lastDay, type Month } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import type { GenerateOptions, RuleFigures } from '../synthetic/options.ts';
import type { FigureName } from '../warnings/figure-names.ts';
import { lookUp, type Cases, type ParameterBook } from '../warnings/parameters.ts';

/**
 * Defaults for a synthetic province where the home has no value: the trial figures of contracts.md section 4, not
 * law.
 */
export const TRIAL = { rural: 6000, disposableIncome: 14000 } as const;

export function generatorFigures(
  parameters: ParameterBook,
  divisions: Divisions,
  month: Month,
): { standards: GenerateOptions['standards']; figures: RuleFigures } {
  const county = divisions.counties[0]?.code ?? divisions.province.code;
  const find = (name: FigureName, cases: Cases = {}): number | boolean | string | undefined =>
    lookUp(parameters, divisions, name, county, lastDay(month), cases)?.value;
  // Rules for which the locality has no value are not evaluated; any shipped one still gives plausible data.
  const number = (name: FigureName, cases: Cases = {}): number => {
    const value =
      find(name, cases) ?? parameters.tiers.flat().find((other) => other.name === name)?.value;
    if (typeof value !== 'number')
      throw new MonitorError('parameter', `no value of ${name} is shipped`);
    return value;
  };
  const clause = parameters.tiers
    .flat()
    .find(
      ({ name, region, value }) =>
        name === 'direct-marginal-recognition' &&
        value === true &&
        divisions.lineage(county).includes(region),
    );
  const urban = find('dibao-standard', { residence: 'urban' });
  return {
    standards: {
      rural: Number(find('dibao-standard', { residence: 'rural' }) ?? TRIAL.rural),
      urban: typeof urban === 'number' ? urban : null,
      disposableIncome: Number(find('disposable-income') ?? TRIAL.disposableIncome),
    },
    figures: {
      inpatientSelfPaidLowIncome: number('inpatient-self-paid-low-income'),
      inpatientSelfPaidOther: number('inpatient-self-paid-other'),
      outpatientMonth: number('outpatient-self-paid-month'),
      marginalMultiple: number('marginal-multiple'),
      schoolOutOfPocket: number('school-out-of-pocket'),
      monthsWithoutIncome: number('months-without-income'),
      rigidShare: number('rigid-expenditure-share'),
      graceMonths: {
        state_employment: number('grace-period', { reason: 'state_employment' }),
        flexible_employment: number('grace-period', { reason: 'flexible_employment' }),
        other: number('grace-period', { reason: 'other' }),
      },
      graceNoticeDays: number('grace-notice-days'),
      reviewIntervalMonths: number('review-interval'),
      adultAge: number('adult-age'),
      elderlyAge: number('elderly-age'),
      contributionsStoppedMonths: number('contributions-stopped-months'),
      monitoringLine: number('monitoring-line'),
      workingAgeEnd: number('working-age-end'),
      compulsoryFrom: number('compulsory-age-from'),
      compulsoryTo: number('compulsory-age-to'),
      directRecognitionUntil: clause === undefined ? null : (clause.to ?? '9999-12-31'),
      watchMonths: 12,
    },
  };
}
