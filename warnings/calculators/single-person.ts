/**
 * Whether one person may apply for dibao alone (单人户) by a route in the locality's notices in force on the day: five
 * variants in four localities (R10 to R13). The answer is advice for the clerk; it refuses nobody, and a person who
 * does not meet it may still apply.
 */
import { decimal } from '../../core/money.ts';
import { ageAt } from './age.ts';
import {
  allOf,
  anyOf,
  below,
  isThere,
  line,
  verdictOf,
  type Evidence,
  type AnswerLine,
  type Range,
  type Verdict,
} from './answer.ts';
import type { Citation, Locality } from './locality.ts';
import type { Residence } from './support-fee.ts';

export const ROUTES = ['adult-no-job', 'family-member', 'registered-poor'] as const;
export type SinglePersonRoute = (typeof ROUTES)[number];

/** Categories of the disability certificate, 1 to 7 as in the contract. */
export type DisabilityCategory =
  'visual' | 'hearing' | 'speech' | 'physical' | 'intellectual' | 'mental' | 'multiple';

/** `null` is unknown everywhere. */
export interface SinglePersonCase {
  readonly person: {
    /** `YYYY-MM-DD` or `YYYY-MM` */
    readonly birth: string | null;
    readonly hasJob: boolean | null;
    /** A valid certificate; 'none': known not to have one. */
    readonly certificate:
      | {
          readonly category: DisabilityCategory;
          readonly grade: 1 | 2 | 3 | 4;
        }
      | 'none'
      | null;
    readonly seriouslyIll: boolean | null;
    readonly residence: Residence;
    /** The person's own income, yuan per year, from `householdIncome` with `alone`; null: not calculated. */
    readonly ownIncome: Range | null;
  };
  readonly family: {
    readonly size: number;
    /** Income of the whole household, yuan per year, from `householdIncome`; null: not calculated. */
    readonly income: Range | null;
    /** Whether the household's assets are within the rules. */
    readonly assetsWithin: boolean | null;
    /** The household's status as recognised by the county. */
    readonly recognised: 'marginal' | 'low-income' | 'none' | null;
    readonly registeredPoor: boolean | null;
  };
  /** Date or number of each document; null: missing. */
  readonly application: string | null;
  readonly meansCheck: string | null;
}

interface Condition {
  readonly verdict: Verdict;
  readonly line: AnswerLine;
}

export interface RouteAnswer {
  readonly route: SinglePersonRoute;
  /** By the facts; missing documents are listed separately and change no fact. */
  readonly verdict: Verdict;
  readonly lines: readonly AnswerLine[];
}

export interface SinglePersonAnswer {
  readonly verdict: Verdict;
  readonly routes: readonly RouteAnswer[];
  readonly lacking: readonly Evidence[];
  readonly lines: readonly AnswerLine[];
}

const MARK: Readonly<Record<Verdict, readonly [zh: string, en: string]>> = {
  meets: ['符合', 'meets'],
  'does-not-meet': ['不符合', 'does not meet'],
  unknown: ['未知', 'unknown'],
};

function condition(verdict: Verdict, zh: string, en: string, citation: Citation | null): Condition {
  const [mark, word] = MARK[verdict];
  return { verdict, line: line(`${zh}：${mark}`, `${en}: ${word}`, citation) };
}

/** Severe disability by grade and category, or serious illness where the route accepts it. */
function health(
  locality: Locality,
  { person }: SinglePersonCase,
  route: SinglePersonRoute,
): Condition {
  const { certificate, seriouslyIll } = person;
  const bound =
    certificate === null || certificate === 'none'
      ? null
      : locality.number('severe-disability-grade', { category: certificate.category });
  const disabled =
    certificate === null
      ? 'unknown'
      : verdictOf(certificate !== 'none' && bound !== null && certificate.grade <= bound.value);
  const illness = locality.flag('single-person-serious-illness', { route });
  const takesIll = illness?.value === true;
  return condition(
    takesIll ? anyOf([disabled, verdictOf(seriouslyIll)]) : disabled,
    takesIll ? '重度残疾或重病' : '重度残疾（当地条款不含重病）',
    takesIll
      ? 'severely disabled or seriously ill'
      : 'severely disabled (the clause has no illness)',
    (takesIll || disabled !== 'meets' ? illness?.citation : bound?.citation) ?? null,
  );
}

function ofAge(
  locality: Locality,
  { person }: SinglePersonCase,
  route: SinglePersonRoute,
): Condition[] {
  const asked = locality.flag('single-person-adult', { route });
  const adult = locality.number('adult-age');
  if (asked?.value !== true || adult === null) return [];
  const old = person.birth === null ? null : ageAt(person.birth, locality.day) >= adult.value;
  return [
    condition(verdictOf(old), `年满${adult.value}周岁`, `${adult.value} or older`, asked.citation),
  ];
}

function noJob(
  locality: Locality,
  { person }: SinglePersonCase,
  route: SinglePersonRoute,
): Condition[] {
  const asked = locality.flag('single-person-no-job', { route });
  if (asked?.value !== true) return [];
  const jobless = person.hasJob === null ? null : !person.hasJob;
  return [condition(verdictOf(jobless), '无业', 'without a job', asked.citation)];
}

/** The person's own income is below the standard, as dibao requires of a household of one. */
function ownIncome(locality: Locality, { person }: SinglePersonCase): Condition {
  const standard = locality.number('dibao-standard', { residence: person.residence });
  const verdict =
    person.ownIncome === null || standard === null
      ? 'unknown'
      : below(person.ownIncome, decimal(standard.value));
  return condition(
    verdict,
    '本人收入低于低保标准',
    "the person's own income is below the standard",
    standard?.citation ?? null,
  );
}

/** A marginal family: not below the standard (else the whole household is admitted), below the multiple, assets within. */
function marginalFamily(
  locality: Locality,
  asked: SinglePersonCase,
  route: SinglePersonRoute,
): Condition[] {
  const { family, person } = asked;
  const asks = locality.text('single-person-family', { route });
  if (family.recognised === 'marginal')
    return [
      condition('meets', '已认定为低保边缘家庭', 'recognised as marginal', asks?.citation ?? null),
    ];
  const standard = locality.number('dibao-standard', { residence: person.residence });
  const multiple =
    locality.number('single-person-income-ceiling', { route }) ??
    locality.number('marginal-multiple');
  const { income, size } = family;
  const line1 = standard === null ? null : decimal(standard.value).times(size);
  const isBelow = (times: number): Verdict =>
    income === null || line1 === null ? 'unknown' : below(income, line1.times(times));
  const notBelow: Readonly<Record<Verdict, Verdict>> = {
    meets: 'does-not-meet',
    'does-not-meet': 'meets',
    unknown: 'unknown',
  };
  return [
    condition(
      notBelow[isBelow(1)],
      '家庭人均收入不低于低保标准（低于的按整户纳入）',
      'the household is not below the standard (below it the whole household is admitted)',
      asks?.citation ?? null,
    ),
    condition(
      multiple === null ? 'unknown' : isBelow(multiple.value),
      `家庭人均收入低于低保标准${multiple?.value ?? ''}倍`,
      `the household is below ${multiple?.value ?? 'the multiple'} times the standard`,
      multiple?.citation ?? null,
    ),
    condition(
      verdictOf(family.assetsWithin),
      '家庭财产符合规定',
      "the household's assets are within the rules",
      asks?.citation ?? null,
    ),
  ];
}

function familyOf(
  locality: Locality,
  asked: SinglePersonCase,
  route: SinglePersonRoute,
): Condition[] {
  const kind = locality.text('single-person-family', { route });
  const { recognised, registeredPoor } = asked.family;
  const citation = kind?.citation ?? null;
  switch (kind?.value ?? 'none') {
    case 'marginal':
      return marginalFamily(locality, asked, route);
    case 'low-income':
      // A marginal family is a low-income family.
      return [
        condition(
          verdictOf(recognised === null ? null : recognised !== 'none'),
          '县级已认定为低收入家庭',
          'recognised by the county as a low-income household',
          citation,
        ),
      ];
    case 'registered-poor':
      return [
        condition(
          verdictOf(registeredPoor),
          '未脱贫建档立卡贫困家庭',
          'a registered poor household that has not left poverty',
          citation,
        ),
      ];
    default:
      return [ownIncome(locality, asked)];
  }
}

function residence(
  locality: Locality,
  { person }: SinglePersonCase,
  route: SinglePersonRoute,
): Condition[] {
  const only = locality.text('single-person-residence', { route });
  if (only === null || only.value === 'any') return [];
  return [
    condition(
      verdictOf(person.residence === only.value),
      only.value === 'rural' ? '限农村' : '限城市',
      `${only.value} only`,
      only.citation,
    ),
  ];
}

function answerFor(
  locality: Locality,
  asked: SinglePersonCase,
  route: SinglePersonRoute,
): RouteAnswer {
  const conditions = [
    health(locality, asked, route),
    ...ofAge(locality, asked, route),
    ...noJob(locality, asked, route),
    ...residence(locality, asked, route),
    ...familyOf(locality, asked, route),
  ];
  return {
    route,
    verdict: allOf(conditions.map(({ verdict }) => verdict)),
    lines: conditions.map((one) => one.line),
  };
}

/**
 * @returns 'unknown' where the locality has no route on that day: silence of the notices is not a refusal
 * @throws MonitorError `calculator` when the birth is not a date or month
 */
export function singlePerson(locality: Locality, asked: SinglePersonCase): SinglePersonAnswer {
  const open = ROUTES.filter(
    (route) => locality.flag('single-person-route', { route })?.value === true,
  );
  if (open.length === 0)
    return {
      verdict: 'unknown',
      routes: [],
      lacking: [],
      lines: [
        line(
          '当地在这一天没有“单人户”条款',
          'the locality has no clause on single-person households on this day',
        ),
      ],
    };
  const routes = open.map((route) => answerFor(locality, asked, route));
  const verdict = anyOf(routes.map((one) => one.verdict));
  // The check is waived only if every route still possible waives it.
  const leading = routes.filter((one) => one.verdict !== 'does-not-meet');
  const waived =
    leading.length > 0 &&
    leading.every(
      ({ route }) => locality.flag('single-person-means-check-waived', { route })?.value === true,
    );
  const required = locality.flag('means-check-required')?.value === true && !waived;
  const lacking: Evidence[] = [];
  if (!isThere(asked.application)) lacking.push('application');
  if (required && !isThere(asked.meansCheck)) lacking.push('means-check');
  return {
    verdict,
    routes,
    lacking: verdict === 'does-not-meet' ? [] : lacking,
    lines: routes.flatMap(({ lines }) => lines),
  };
}
