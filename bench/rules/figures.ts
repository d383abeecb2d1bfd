/** Trial figures, not law, used on the profile. rules.sql repeats them by hand. */
import type { Parameter } from '../../core/parameter.ts';

function figure(
  name: string,
  region: string,
  value: number,
  where?: Readonly<Record<string, string>>,
): Parameter {
  return {
    name,
    ...(where === undefined ? {} : { where }),
    region,
    from: '2023-01-01',
    to: null,
    value,
    unit: 'yuan/year',
    doc: 'trial',
    clause: '-',
  };
}

/** Guizhou, with a prefecture and a county that have their own figures. */
export const FIGURES: readonly Parameter[] = [
  figure('dibao-standard', '520000', 6000, { residence: 'rural' }),
  figure('dibao-standard', '520300', 5400, { residence: 'rural' }),
  figure('dibao-standard', '520000', 9000, { residence: 'urban' }),
  figure('dibao-standard', '520102', 9600, { residence: 'urban' }),
  figure('disposable-income', '520000', 14_000),
  figure('inpatient-self-paid-other', '520300', 15_000),
];
