import { z } from 'zod';
import { findAudit } from '../../store/audit/query.ts';
import { auditAnswer } from '../api.ts';
import { count, county } from '../fields.ts';
import { read } from '../route.ts';

const day = z.iso.date('a day, YYYY-MM-DD');

export default read(
  {
    path: '/audit',
    summary: { zh: '查阅记录：谁在何时看了什么（只含本辖区）', en: 'Who read what, newest first' },
    query: z.strictObject({
      from: day.optional(),
      to: day.optional(),
      account: z.string().max(40).optional(),
      county: county.optional(),
      page: count(1, 100_000),
      size: count(100, 1000),
    }),
    answer: auditAnswer,
    rule: {
      unauthenticated: [],
      roles: ['auditor'],
      place: {
        of: 'at',
        // Defaults to what the auditor may see.
        code: ({ query }, { deployment }) => query.county ?? deployment.divisions.province.code,
        narrowed: true,
      },
      person: true,
    },
  },
  async ({
    query: { page, size, county: _county, ...asked },
    region,
    services: { store, deployment },
  }) => {
    const { total, entries } = await findAudit(
      store.home,
      deployment.divisions,
      { ...asked, region },
      { page, size },
    );
    return {
      total,
      page,
      size,
      entries: entries.map(({ prev: _prev, hash: _hash, ...entry }) => entry),
    };
  },
);
