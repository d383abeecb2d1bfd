import { z } from 'zod';
import { reportJsonSchema } from '../../exchange/answers/report.ts';
import { read } from '../route.ts';

const schema = `${JSON.stringify(reportJsonSchema(), null, 2)}\n`;

export default read(
  {
    path: '/report.schema.json',
    summary: {
      zh: '对部门交件的答复报告的 JSON Schema',
      en: 'Schema of a report to a department, for programs that read it',
    },
    answer: z.string(),
    rule: { unauthenticated: ['anyone'], roles: [], place: { of: 'none' }, person: false },
    raw: 'application/schema+json',
  },
  () => schema,
);
