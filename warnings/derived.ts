/**
 * Derived fields, for rules over earlier months or the home's members. A field name of the catalogue takes a suffix:
 *
 * - `@6`: its value six months before;
 * - `@last-6.sum`, `.count`, `.streak`, `.most`, `.least`: over the last six months, including the run's;
 * - `@members.count`, `.any`, `.all`, `.sum`, `.most`, `.least`: over the members of the home.
 *
 * These numbers define the field and are not policy figures; the threshold compared with the result is one.
 * A derived field is a column of the month's profile like any other (`pipelines/steps/derive.ts` makes it).
 */
import { readOf, readBefore, type Field } from '../core/field.ts';
import type { Unit } from '../core/parameter.ts';
import type { Fields } from './fields.ts';

/** How far back a rule may look: as far as a run reads. */
const MOST_MONTHS = 12;

const OVER_MONTHS = ['sum', 'count', 'streak', 'most', 'least'] as const;
const OVER_MEMBERS = ['any', 'all', 'count', 'sum', 'most', 'least'] as const;
export type Take = (typeof OVER_MONTHS)[number] | (typeof OVER_MEMBERS)[number];

export type Derivation =
  | { readonly kind: 'before'; readonly base: Field; readonly months: number }
  | { readonly kind: 'last'; readonly base: Field; readonly months: number; readonly take: Take }
  | { readonly kind: 'members'; readonly base: Field; readonly take: Take };

/** What may follow the `@`, for messages. */
const ACCEPTED = `after '@' comes a number of months (1 to ${MOST_MONTHS}), last-N.${OVER_MONTHS.join('|')} (N from 2 to ${MOST_MONTHS}), or members.${OVER_MEMBERS.join('|')}`;

/** Whether a name is of a derived field. */
export const isDerived = (name: string): boolean => name.includes('@');

/** The type required of the base field: yes/no, or an amount (for greatest and least also a date). */
const ASKS_YES_NO = new Set<Take>(['count', 'streak', 'any', 'all']);

function fits({ type }: Field, take: Take): boolean {
  if (ASKS_YES_NO.has(take)) return type === 'boolean';
  if (type === 'date') return take !== 'sum';
  return type === 'money' || type === 'integer';
}

/** @returns the parsed derivation, or a message with the fault */
export function readDerived(name: string, fields: Fields): Derivation | string {
  const at = name.indexOf('@');
  const [field, rest] = [name.slice(0, at), name.slice(at + 1)];
  const base = fields.get(field);
  if (base === undefined || isDerived(field)) return `there is no field '${field}'`;
  if (base.of !== 'person' && base.of !== 'household' && base.of !== 'both')
    return `'${field}' is neither a person's nor a home's`;
  const inRange = (months: number, least: number): boolean =>
    months >= least && months <= MOST_MONTHS;
  if (/^\d{1,2}$/.test(rest))
    return inRange(Number(rest), 1) ? { kind: 'before', base, months: Number(rest) } : ACCEPTED;
  const [, n = '', word = ''] = /^(?:last-(\d{1,2})|members)\.([a-z]+)$/.exec(rest) ?? [];
  const take = (n === '' ? OVER_MEMBERS : OVER_MONTHS).find((one) => one === word);
  if (take === undefined || (n !== '' && !inRange(Number(n), 2))) return ACCEPTED;
  if (!fits(base, take))
    return `'${take}' takes ${ASKS_YES_NO.has(take) ? 'a yes/no field' : 'a field with an amount'}, which '${field}' is not`;
  if (n !== '') return { kind: 'last', base, months: Number(n), take };
  return base.of === 'person'
    ? { kind: 'members', base, take }
    : `'members' takes a field of a person, and '${field}' is one of the home`;
}

const WORDS: Readonly<Record<Take, { readonly zh: string; readonly en: string }>> = {
  sum: { zh: '合计', en: 'sum' },
  most: { zh: '最大值', en: 'greatest' },
  least: { zh: '最小值', en: 'least' },
  count: { zh: '出现次数', en: 'number' },
  streak: { zh: '至本月连续月数', en: 'months in a row up to this one' },
  any: { zh: '任一人', en: 'any' },
  all: { zh: '全部', en: 'all' },
};

function titles(derivation: Derivation): Pick<Field, 'title' | 'title_en'> {
  const { title, title_en } = derivation.base;
  if (derivation.kind === 'before') {
    const { months } = derivation;
    return {
      title: months === 1 ? `上月的${title}` : `${months}个月前的${title}`,
      title_en: `${title_en}, ${months === 1 ? 'the month' : `${months} months`} before`,
    };
  }
  const { zh, en } = WORDS[derivation.take];
  return derivation.kind === 'last'
    ? {
        title: `近${derivation.months}个月“${title}”的${zh}`,
        title_en: `${title_en}: ${en} over the last ${derivation.months} months`,
      }
    : { title: `家庭成员“${title}”的${zh}`, title_en: `${title_en}: ${en} of the members` };
}

/** A yes/no field gives a number of months or persons; a monthly amount summed over months is an amount. */
function resultOf(derivation: Derivation): Pick<Field, 'type' | 'unit'> {
  const { base } = derivation;
  if (derivation.kind === 'before') return { type: base.type, unit: base.unit };
  const { take, kind } = derivation;
  if (take === 'any' || take === 'all') return { type: 'boolean', unit: null };
  if (take === 'count' || take === 'streak')
    return { type: 'integer', unit: kind === 'members' ? 'persons' : 'months' };
  const unit: Unit | null =
    take === 'sum' && kind === 'last' && base.unit === 'yuan/month' ? 'yuan' : base.unit;
  return { type: base.type, unit };
}

/** The same extract, some months earlier. */
const earlier = (read: string, months: number): string => {
  const { source, before } = readOf(read);
  return readBefore(source, before + months);
};

/**
 * The derived field of a name. Its required extracts: for an earlier month, that month's; for a run of months, only the
 * last month's (a month without them counts as unknown).
 */
export function derivedField(name: string, derivation: Derivation): Field {
  const { base } = derivation;
  const whole = { name, ...titles(derivation), ...resultOf(derivation) };
  switch (derivation.kind) {
    case 'before': {
      const at = (read: string): string => earlier(read, derivation.months);
      return { ...whole, of: base.of, reads: base.reads.map(at), narrows: base.narrows.map(at) };
    }
    case 'last': {
      const before = Array.from({ length: derivation.months - 1 }, (_, n) => n + 1).flatMap((n) =>
        [...base.reads, ...base.narrows].map((read) => earlier(read, n)),
      );
      return { ...whole, of: base.of, reads: base.reads, narrows: [...base.narrows, ...before] };
    }
    case 'members':
      return {
        ...whole,
        of: 'both',
        reads: base.reads,
        narrows: [...new Set([...base.narrows, ...(base.membership ?? [])])],
      };
  }
}

/** Derivations among the fields, by field name. */
export function derivationsOf(fields: Fields): Map<string, Derivation> {
  const found = new Map<string, Derivation>();
  for (const name of fields.keys()) {
    if (!isDerived(name)) continue;
    const derivation = readDerived(name, fields);
    if (typeof derivation !== 'string') found.set(name, derivation);
  }
  return found;
}

/** The fields plus the derived ones in `names`; invalid names are skipped. */
export function withDerived(fields: Fields, names: Iterable<string>): Fields {
  const added = new Map(fields);
  for (const name of names) {
    if (!isDerived(name) || added.has(name)) continue;
    const derivation = readDerived(name, fields);
    if (typeof derivation !== 'string') added.set(name, derivedField(name, derivation));
  }
  return added;
}
