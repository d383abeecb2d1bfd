import { z } from 'zod';
import { placeOfLead } from '../../cases/lead/place.ts';
import { readLeadCard } from '../../cases/lead/card.ts';
import { readLeadReasons } from '../../cases/lead/why.ts';
import { leadAnswer, leadWhyAnswer } from '../api.ts';
import { leadId } from '../fields.ts';
import { LEAD_ROLES, read, type Params, type AccessRule } from '../route.ts';

const params = z.strictObject({ id: leadId });

/** For the page, and for a county's own system: a lead of another region does not exist. */
const rule: AccessRule<Params<{ id: string }, unknown, unknown>> = {
  unauthenticated: ['operator', 'county'],
  roles: LEAD_ROLES,
  place: {
    of: 'at',
    code: ({ params: { id } }, { store, reading }) =>
      reading(() => store.task(({ sql }) => placeOfLead(sql, id))),
  },
  person: ({ params: { id } }) => id,
};

export default [
  read(
    {
      path: '/leads/:id',
      summary: { zh: '一条线索的全部内容', en: 'One lead, whole' },
      params,
      answer: leadAnswer,
      rule,
    },
    ({ params: { id }, region, services: { store, deployment, reading } }) =>
      reading(() => store.task(({ sql }) => readLeadCard(sql, deployment, id, region))),
  ),
  read(
    {
      path: '/leads/:id/why',
      summary: {
        zh: '线索上每条预警的依据、数据来源和最接近的变化',
        en: 'Why each warning on a lead holds, and where its data came from',
      },
      params,
      answer: leadWhyAnswer,
      rule,
    },
    async ({ params: { id }, region, services: { store, deployment, reading } }) => ({
      reasons: await reading(() =>
        store.task(async (task) =>
          readLeadReasons(task, deployment, await readLeadCard(task.sql, deployment, id, region)),
        ),
      ),
    }),
  ),
];
