/** `npm run actions`: writes everything that is made from `cases/actions/`: its index, the page and the interface. */
import { writeFileSync } from 'node:fs';
import { actionFiles, indexText } from './index-text.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

writeFileSync(at('cases/actions/index.ts'), indexText(actionFiles()));
// Not before the index is there: what they import reads it.
const { actionsPage } = await import('./page.ts');
const { openApiText } = await import('../../web/openapi.ts');
writeFileSync(at('docs/case-actions.md'), await actionsPage());
writeFileSync(at('docs/openapi.json'), await openApiText());
