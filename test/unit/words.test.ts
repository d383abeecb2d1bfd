/** Rules and warnings in sentences. */
import { describe, expect, it } from 'vitest';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { ruleInWords, warningInWords } from '../../warnings/words.ts';

const book = await openRuleBook({ parameters: [], trial: [] });
const { vocabulary } = book;
const ruleOf = (id: string) => {
  const rule = book.rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(id);
  return rule;
};

describe('a warning in words', () => {
  it('says which figure met which', () => {
    const evidence = JSON.stringify({
      fields: { 'person.low_income': true, 'medical.inpatient_self_paid_ytd': '11759.98' },
      parameters: { 'inpatient-self-paid-low-income': 5000 },
    });
    expect(warningInWords(ruleOf('ILL-01'), evidence, vocabulary, 'zh')).toMatch(
      /^住院年度个人自付过高：.*11,759\.98元.*（对照：.*5,000元\/年）。$/,
    );
    expect(warningInWords(ruleOf('ILL-01'), evidence, vocabulary, 'en')).toMatch(
      /11,759\.98 yuan.*against: .*5,000 yuan\/year/,
    );
  });

  it('leaves out what is unknown and does not say a title twice', () => {
    const evidence = JSON.stringify({
      fields: { 'education.out_of_school': true, 'person.age': null },
    });
    const words = warningInWords(ruleOf('EDU-02'), evidence, vocabulary, 'zh');
    expect(words).not.toContain('null');
    expect(words.split('辍学')).toHaveLength(2);
  });

  it('shows a share as per cent', () => {
    const evidence = JSON.stringify({ fields: {}, parameters: { 'rigid-expenditure-share': 0.6 } });
    expect(warningInWords(ruleOf('EXP-01'), evidence, vocabulary, 'zh')).toContain('60%');
  });
});

describe('a rule in words', () => {
  it('speaks of dates as earlier and later, of cases and families by name, of a no as not met', () => {
    const words = (id: string): string => ruleInWords(ruleOf(id), vocabulary);
    expect(words('X-GRC')).toContain('救助渐退期（灵活就业））不晚于（月末 + ');
    expect(words('X-REV')).toMatch(/早于月末$/);
    expect(words('FAM-06')).toContain(
      '疾病、残疾、就学、就业、支出类中至少2类预警（DIS-04、DIS-06、EDU-05、EMP-02除外）',
    );
    expect(words('DIS-03')).toMatch(/且不符合“上月已有有效一、二级残疾人证”$/);
  });

  it.each(book.rules.map(({ id }) => id))('%s reads without a code name', (id) => {
    const words = ruleInWords(ruleOf(id), vocabulary);
    expect(words).toMatch(/[\u4e00-\u9fff]/u);
    expect(words).not.toMatch(/undefined|[a-z]+\.[a-z_]+|\[object/);
  });
});
