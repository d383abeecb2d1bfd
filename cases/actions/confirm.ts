/** A county bureau's decision on its own track; the role determines which track. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { count, note, refusing, yuan } from '../fields.ts';
import {
  CIVIL_EXIT,
  CIVIL_NEED,
  type CivilFinding,
  keysOf,
  RURAL,
  type RuralFinding,
} from '../findings.ts';
import { confirmable } from '../gates/confirmable.ts';
import { gate } from '../gates/gate.ts';
import { trackOf } from '../gates/people.ts';
import { civilReady, justified } from '../gates/said.ts';
import { asReviewed } from '../gates/sums.ts';
import { isHigher } from '../posting.ts';
import { REVIEWED } from '../stages.ts';
import type { Opinion } from '../state.ts';

export default defineAction({
  title: '县级确认',
  who: ['county_civil_affairs', 'county_rural_revitalization'],
  from: REVIEWED,
  order: { listed: 190, offered: 270 },
  form: z.strictObject({
    finding: z.enum([...keysOf(CIVIL_NEED), ...keysOf(CIVIL_EXIT), ...keysOf(RURAL)]),
    members: count.optional(),
    amount_month: yuan.optional(),
    ...refusing,
    reason: note,
  }),
  gate: (state, { form, actor, day }, terms, lead) => {
    const track = trackOf(actor.role);
    const civil = track === 'civil';
    if (civil && state.opinion?.way === 'township')
      return gate(
        'way',
        '本地由乡镇（街道）确认，县级备案',
        'the township confirms here and the county files',
      );
    if (state[track] !== null)
      return gate('confirmed', '本部门已确认', 'this bureau has already confirmed');
    const finding = form.finding;
    if (civil ? !(finding in CIVIL_NEED) && !(finding in CIVIL_EXIT) : !(finding in RURAL))
      return gate('finding', '该结论不属于本部门', `'${finding}' is not a finding of this bureau`);
    const opinion = state.opinion?.[track];
    // If the county grants something the village has not seen, the case goes back to be posted.
    if (
      civil &&
      opinion !== undefined &&
      isHigher(finding as CivilFinding, opinion.finding as CivilFinding)
    )
      return gate(
        'unseen',
        '拟认定类别未经公示，请退回重新审核公示',
        'what is granted has not been posted: send it back',
      );
    if (!civil && finding === 'monitored' && opinion?.finding !== 'monitored')
      return gate(
        'unseen',
        '拟纳入监测未经公示，请退回重新审核公示',
        'what is granted has not been posted: send it back',
      );
    if (civil && finding === 'stop' && opinion?.finding !== 'stop')
      return gate(
        'unseen',
        '拟退出未经乡镇审核和告知，请退回',
        'the household was not informed of the stop: send it back',
      );
    const sums = opinion === undefined ? null : asReviewed(form, opinion);
    if (sums !== null) return sums;
    return (
      confirmable(state, actor, day, terms, lead) ??
      (civil ? civilReady(state, { finding: finding as CivilFinding }, terms) : null) ??
      (civil || state.direction !== 'exit' ? justified(form) : null)
    );
  },
  change: (_, { form, actor, day }) => {
    const said = { ...form, by: actor.name, day };
    return trackOf(actor.role) === 'civil'
      ? { civil: said as Opinion<CivilFinding> }
      : { rural: said as Opinion<RuralFinding> };
  },
  passes: [
    { passage: 'civil', by: 'county_civil_affairs' },
    { passage: 'rural', by: 'county_rural_revitalization' },
  ],
});
