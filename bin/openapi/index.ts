/** `npm run docs:openapi`: writes docs/openapi.json. */
import { writeFileSync } from 'node:fs';
import { openApiText } from '../../web/openapi.ts';

writeFileSync(new URL('../../docs/openapi.json', import.meta.url), await openApiText());
