/** `npm run docs:rules`: writes docs/rules.md. */
import { writeFileSync } from 'node:fs';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { rulesPage } from './page.ts';

const page = await rulesPage(await openRuleBook({ parameters: [], trial: [] }));
writeFileSync(new URL('../../docs/rules.md', import.meta.url), page);
