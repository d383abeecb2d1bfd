/** `npm run actions`: writes everything generated from `cases/actions/`: its index, the page and the OpenAPI file. */
import { writeFileSync } from 'node:fs';
import { actionFiles, indexText } from './index-text.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

writeFileSync(at('cases/actions/index.ts'), indexText(actionFiles()));
// Imported only once the index exists: these modules read it.
const { actionsPage } = await import('./page.ts');
const { openApiText } = await import('../../web/openapi.ts');
writeFileSync(at('docs/case-actions.md'), await actionsPage());
writeFileSync(at('docs/openapi.json'), await openApiText());
