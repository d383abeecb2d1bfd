import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { read } from '../route.ts';

const schema = readFileSync(new URL('../../queue/lead-job.schema.json', import.meta.url), 'utf8');

export default read(
  {
    path: '/lead-job.schema.json',
    summary: {
      zh: '县级队列中一条任务的 JSON Schema',
      en: 'Schema of a job in a county’s queue, for authors of consumers',
    },
    answer: z.string(),
    rule: { unauthenticated: ['anyone'], roles: [], place: { of: 'none' }, person: false },
    raw: 'application/schema+json',
  },
  () => schema,
);
