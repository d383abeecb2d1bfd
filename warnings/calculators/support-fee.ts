/** How much of a support fee (供养费、赡养抚养扶养费) is exempt from a household's income, and by which clause. */
import { MonitorError } from '../../core/errors.ts';
import { decimal, type Decimal } from '../../core/money.ts';
import {
  isThere,
  line,
  yuan,
  ZERO,
  type Amount,
  type Evidence,
  type AnswerLine,
} from './answer.ts';
import type { Figure, Locality } from './locality.ts';

export type Residence = 'urban' | 'rural';

/** The payer. `null` always means unknown, which is not the same as 'none'. */
export interface Supporter {
  readonly sibling: boolean;
  /** Full years on the day of the check. */
  readonly age: number | null;
  /** Yuan per head and year in the supporter's own household. */
  readonly incomePerHead: Amount | null;
  readonly status: 'tekun' | 'dibao' | 'low-income' | 'none' | null;
  /** The exempt share decided by the office, where the notice leaves it to the office, and its record. */
  readonly decided?: { readonly share: Amount; readonly record: string } | undefined;
}

/** The exempt share: `least` is certain, `most` possible while something is open (0 to 1). */
export interface Exemption {
  readonly least: Decimal;
  readonly most: Decimal;
  readonly lines: readonly AnswerLine[];
  readonly lacking: readonly Evidence[];
}

const ALL = decimal(1);

const settled = (share: Decimal, lines: readonly AnswerLine[]): Exemption => ({
  least: share,
  most: share,
  lines,
  lacking: [],
});
const open = (lines: readonly AnswerLine[], lacking: readonly Evidence[] = []): Exemption => ({
  least: ZERO,
  most: ALL,
  lines,
  lacking,
});

const SILENT = settled(ZERO, [
  line('当地通知没有写供养费豁免', 'the local notices exempt no support fee'),
]);

/** Where the notice says 'as the case may be': the recorded decision within the bounds, otherwise the full range. */
function byDiscretion(locality: Locality, payer: string, decided: Supporter['decided']): Exemption {
  const least = locality.number('support-fee-exemption-min', { payer });
  const most = locality.number('support-fee-exemption-max', { payer });
  if (least === null || most === null) return SILENT;
  const span = { least: decimal(least.value), most: decimal(most.value) };
  const lines = [line('供养费视情况适当豁免', 'left out as the case may be', most.citation)];
  if (decided === undefined || !isThere(decided.record))
    return { ...span, lines, lacking: ['exemption-decision'] };
  const share = yuan(decided.share, 'the decided share');
  if (share.lt(span.least) || share.gt(span.most))
    throw new MonitorError('calculator', 'the decided share is outside what the notice allows', {
      fix: `a share from ${least.value} to ${most.value}`,
    });
  return settled(share, lines);
}

type Band = 'elder-below-pcdi' | 'elder-below-twice-pcdi' | 'elder-other';

/** Which band an elderly supporter's income is in; null when income or last year's disposable income is unknown. */
function bandOf(
  locality: Locality,
  income: Amount | null,
  residence: Residence,
  bounds: { readonly full: Figure<number>; readonly half: Figure<number> },
): Band | null {
  const pcdi = locality.number('disposable-income', { residence });
  if (pcdi === null || income === null) return null;
  const held = yuan(income, "the supporter's income");
  if (held.lt(decimal(pcdi.value).times(bounds.full.value))) return 'elder-below-pcdi';
  return held.lt(decimal(pcdi.value).times(bounds.half.value))
    ? 'elder-below-twice-pcdi'
    : 'elder-other';
}

const WORDS: Readonly<Record<'sibling' | Band, readonly [zh: string, en: string]>> = {
  sibling: ['兄弟姐妹给付的供养费', 'a fee paid by a sibling'],
  'elder-below-pcdi': [
    '老年供养人人均收入低于上年度人均可支配收入',
    'an elderly supporter below disposable income',
  ],
  'elder-below-twice-pcdi': [
    '老年供养人人均收入在上年度人均可支配收入1倍以上、2倍以下',
    'an elderly supporter from once to below twice disposable income',
  ],
  'elder-other': [
    '老年供养人人均收入达到上年度人均可支配收入2倍',
    'an elderly supporter at twice disposable income or above',
  ],
};

function byPayer(
  locality: Locality,
  payer: 'sibling' | Band,
  decided: Supporter['decided'],
): Exemption {
  const share = locality.number('support-fee-exemption', { payer });
  if (share === null) return byDiscretion(locality, payer, decided);
  const [zh, en] = WORDS[payer];
  return settled(decimal(share.value), [
    line(
      `${zh}：豁免${share.value * 100}%`,
      `${en}: ${share.value * 100} % left out`,
      share.citation,
    ),
  ]);
}

function byAge(locality: Locality, supporter: Supporter, residence: Residence): Exemption {
  const elder = locality.number('support-fee-elder-age');
  if (elder === null) return SILENT;
  const { age } = supporter;
  if (age === null)
    return open([line('供养人年龄未知', "the supporter's age is unknown", elder.citation)]);
  if (age < elder.value)
    return settled(ZERO, [
      line(
        `供养人不满${elder.value}周岁，不豁免`,
        `the supporter is below ${elder.value}: nothing is left out`,
        elder.citation,
      ),
    ]);
  const full = locality.number('support-fee-income-bound', { band: 'full' });
  const half = locality.number('support-fee-income-bound', { band: 'half' });
  // A notice without bands treats every elderly supporter alike.
  if (full === null || half === null) return byPayer(locality, 'elder-other', supporter.decided);
  const band = bandOf(locality, supporter.incomePerHead, residence, { full, half });
  if (band === null)
    return open([
      line(
        '供养人人均收入或上年度人均可支配收入未知',
        "the supporter's income or last year's disposable income is unknown",
        full.citation,
      ),
    ]);
  return byPayer(locality, band, supporter.decided);
}

/**
 * The four branches of R11 as each locality has them: sibling; supporter of 60 or older below disposable income; from
 * once to below twice; from twice on. They hold only for an adult, jobless, severely disabled person assessed alone.
 * They are preceded by the poor obligor (tekun, dibao, low-income), whose fee some localities do not count at all.
 */
export function supportFeeExemption(
  locality: Locality,
  supporter: Supporter,
  assessed: { readonly alone: boolean; readonly residence: Residence },
): Exemption {
  const { status } = supporter;
  if (status !== null && status !== 'none') {
    const poor = locality.flag('support-fee-poor-obligor', { status });
    if (poor?.value === true)
      return settled(ALL, [
        line(
          '义务人属于特困、低保或低收入家庭，供养费不计入',
          'the obligor is in tekun, dibao or a low-income household: the fee is not counted',
          poor.citation,
        ),
      ]);
  }
  const base = !assessed.alone
    ? settled(ZERO, [])
    : supporter.sibling
      ? byPayer(locality, 'sibling', supporter.decided)
      : byAge(locality, supporter, assessed.residence);
  const asked = locality.flag('support-fee-poor-obligor', { status: 'dibao' });
  if (status !== null || asked?.value !== true) return base;
  const unknown = line('义务人身份未知', "the obligor's status is unknown", asked.citation);
  return { ...base, most: ALL, lines: [...base.lines, unknown] };
}
