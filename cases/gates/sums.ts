/**
 * Persons and money in a confirmation. What the village sees for seven days is the township's proposal: annex 7
 * names the persons to be covered, and annex 9 says 经审核、公示 … 建议 … 家庭补助金额 (R43; 楚民发〔2023〕5号 四（二）). That form allows
 * two answers, 同意审核意见 and 不同意, and no other figures; annex 10 then tells the village what was confirmed. A county
 * that wants other figures therefore sends the case back: the township reviews it again, and anything above what
 * was posted is posted again. Omitted figures are those of the opinion.
 */
import { PUBLICISED_CIVIL, type CivilFinding, type RuralFinding } from '../findings.ts';
import { sameAmount } from '../posting.ts';
import { gate, type Refusal } from './gate.ts';

interface Sums {
  readonly members?: number | undefined;
  readonly amount_month?: string | undefined;
}

/** @param opinion of the township on the same track; the rural one has neither persons nor money */
export function asReviewed(
  form: Sums,
  opinion: Sums & { readonly finding: CivilFinding | RuralFinding },
): Refusal | null {
  const unseen = (what: string, of: string, en: string): Refusal =>
    gate(
      'unseen',
      of === ''
        ? `乡镇（街道）审核意见中没有${what}；如需调整，请退回重新审核公示`
        : `${what}与乡镇（街道）${how}的${of}不一致；如需调整，请退回重新审核公示`,
      `${en} not what was reviewed and posted: send it back to have others`,
    );
  const how = PUBLICISED_CIVIL.has(opinion.finding as CivilFinding) ? '审核公示' : '审核';
  if (form.members !== undefined && form.members !== opinion.members)
    return unseen(
      '保障人数',
      opinion.members === undefined ? '' : `${opinion.members}人`,
      'the number of persons is',
    );
  if (
    form.amount_month !== undefined &&
    (opinion.amount_month === undefined || !sameAmount(form, opinion))
  )
    return unseen(
      '保障金额',
      opinion.amount_month === undefined ? '' : `${opinion.amount_month}元/月`,
      'the amount is',
    );
  return null;
}
