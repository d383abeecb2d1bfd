/** The nearest change under which a rule would come out the other way. */
import { describe, expect, it } from 'vitest';
import type { Month } from '../../core/month.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { evaluate, type Situation } from '../../warnings/interpret.ts';
import { nearestChange } from '../../warnings/nearest.ts';
import type { Condition, Literal } from '../../warnings/schema.ts';

const { vocabulary, rules } = await openRuleBook({ parameters: [], trial: [] });

const FIGURES: Readonly<Record<string, number | boolean>> = {
  'inpatient-self-paid-low-income': 5000,
  'inpatient-self-paid-other': 20000,
  'dibao-standard|residence=rural': 6000,
  'marginal-multiple': 1.5,
  'direct-marginal-recognition': true,
};

function situation(given: Readonly<Record<string, Literal>>, holding: string[] = []): Situation {
  return {
    ...vocabulary,
    month: '2025-10' as Month,
    field: (name) =>
      given[name] ?? (vocabulary.fields.get(name)?.type === 'boolean' ? false : null),
    parameter: (name) => FIGURES[name] ?? null,
    holding: new Set(holding),
  };
}

const texts = (when: Condition, at: Situation): string[] | null =>
  nearestChange(when, at)?.map(({ text }) => text) ?? null;
const ruleOf = (id: string): Condition => {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(id);
  return rule.when;
};

describe('the nearest change', () => {
  it('of a figure beyond its threshold is the threshold', () => {
    const at = situation({ 'person.low_income': true, 'medical.inpatient_self_paid_ytd': 5200 });
    expect(texts(ruleOf('ILL-01'), at)).toEqual(['本年住院个人自付（元）低于5000（现为5200）']);
    expect(nearestChange(ruleOf('ILL-01'), at)?.[0]?.text_en).toBe(
      'inpatient self-paid, year to date, yuan is less than 5000 (now 5200)',
    );
  });
  it('is a change of kind where the figure lies far off', () => {
    const at = situation({ 'person.low_income': true, 'medical.inpatient_self_paid_ytd': 15000 });
    expect(texts(ruleOf('ILL-01'), at)).toEqual(['本人为低收入人口为否（现为是）']);
  });
  it('takes all alternatives that hold, and leaves the unknown ones', () => {
    const any: Condition = {
      any: [
        { field: 'disability.severe', is: true },
        { field: 'disability.certificate', is: true },
        { field: 'person.age', at_least: 60 },
      ],
    };
    const at = situation({ 'disability.severe': true, 'disability.certificate': true });
    expect(texts(any, at)).toHaveLength(2);
  });
  it('says what is lacking where the rule does not hold', () => {
    const at = situation({ 'household.income': 9100, 'household.residence': 'rural' });
    expect(texts(ruleOf('INC-02'), at)).toEqual(['家庭年人均收入（元）低于9000（现为9100）']);
    const unknown = situation({ 'household.residence': 'rural' });
    expect(texts(ruleOf('INC-02'), unknown)).toEqual([
      '家庭年人均收入（元）高于6000（现为未知）',
      '家庭年人均收入（元）低于9000（现为未知）',
    ]);
  });
  it('goes through not', () => {
    const not: Condition = { not: { field: 'person.dibao', is: true } };
    expect(texts(not, situation({}))).toEqual(['本人在低保（含渐退）为是（现为否）']);
  });
  it('is never one of the law', () => {
    const at = situation({ 'household.monitored_open': true });
    expect(evaluate(ruleOf('MAR-01'), at)).toBe(true);
    expect(texts(ruleOf('MAR-01'), at)?.join()).not.toContain('直接认定');
  });
  it('is none where other rules decide', () => {
    expect(texts(ruleOf('FAM-06'), situation({}, ['ILL-01', 'DIS-01']))).toBeNull();
  });
});
