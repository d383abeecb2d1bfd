/** The four localities whose notices are modelled, with the figures that their notices leave to the year. */
import type { Parameter } from '../../core/parameter.ts';
import { divisionsOf } from '../../core/region.ts';
import { localityAt, type Citation, type Locality } from '../../warnings/calculators/locality.ts';
import type { AnswerLine } from '../../warnings/calculators/answer.ts';
import { loadParameters } from '../../warnings/parameters.ts';

export const COUNTIES = {
  guizhou: '520102',
  chuxiong: '532301',
  yuncheng: '140802',
  fenxi: '141034',
} as const;
export type LocalityName = keyof typeof COUNTIES;

const PROVINCES: Readonly<Record<LocalityName, string>> = {
  guizhou: '520000',
  chuxiong: '530000',
  yuncheng: '140000',
  fenxi: '140000',
};

/** Fenxi's own standards stand in its notice; the other three get the same ones, so that only the clauses differ. */
const trial = (
  region: string,
  name: string,
  value: number,
  residence: 'urban' | 'rural',
): Parameter => ({
  name,
  where: { residence },
  region,
  from: '2020-01-01',
  to: null,
  value,
  unit: 'yuan/year',
  doc: 'trial',
  clause: '-',
});
const OWN = [
  ...['520000', '532300', '140800'].flatMap((region) => [
    trial(region, 'dibao-standard', 6000, 'rural'),
    trial(region, 'dibao-standard', 7500, 'urban'),
  ]),
  trial('000000', 'disposable-income', 14_000, 'rural'),
  trial('000000', 'disposable-income', 40_000, 'urban'),
];
const BOOK = loadParameters(OWN);
const DIVISIONS = {
  '520000': divisionsOf('520000'),
  '530000': divisionsOf('530000'),
  '140000': divisionsOf('140000'),
};

/** @param day `YYYY-MM-DD` */
export function locality(name: LocalityName, day: string): Locality {
  const divisions = DIVISIONS[PROVINCES[name] as keyof typeof DIVISIONS];
  return localityAt(BOOK, divisions, COUNTIES[name], day);
}

const SHORT: readonly (readonly [doc: string, short: string])[] = [
  ['黔民发〔2023〕2号', 'A'],
  ['楚民发〔2023〕5号', 'B'],
  ['汾西县2023年城乡低保专项核查工作实施方案（试行）', 'C'],
  ['黔民发〔2020〕9号', 'D'],
  ['运民发〔2021〕59号', 'E'],
];

/** `A 二（一）三` for a clause of notice A; `default` for a figure that no notice backs; `trial` for the test's own. */
export function clauseOf(citation: Citation | null): string {
  if (citation === null) return '';
  const known = SHORT.find(([doc]) => doc === citation.doc);
  if (known !== undefined) return `${known[1]} ${citation.clause}`;
  return citation.unverified ? 'default' : citation.doc;
}

/** The clauses of an answer's lines, each once, in order; the test's own figures left out. */
export function clausesOf(lines: readonly AnswerLine[]): string {
  const clauses = lines.map(({ citation }) => clauseOf(citation));
  return [...new Set(clauses)].filter((c) => c !== '' && c !== 'trial').join(', ') || 'silent';
}
