import { z } from 'zod';
import { openApiText } from '../openapi.ts';
import { read } from '../route.ts';

let text: Promise<string> | undefined;

export default read(
  {
    path: '/openapi.json',
    summary: { zh: '本接口的 OpenAPI 3.1 文档', en: 'This interface as an OpenAPI 3.1 document' },
    answer: z.string(),
    rule: { unauthenticated: ['anyone'], roles: [], place: { of: 'none' }, person: false },
    raw: 'application/json',
  },
  // Built once: anybody may request it.
  () => (text ??= openApiText()),
);
