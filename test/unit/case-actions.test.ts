/** docs/case-actions.md is what the tables of the case say; `npx vitest run test/unit/case-actions.test.ts --update` after a change. */
import prettier from 'prettier';
import { expect, it } from 'vitest';
import { ROLES } from '../../core/account.ts';
import { CIVIL_EXIT, CIVIL_NEED, FALSE_ALARMS, RURAL } from '../../leads/case/findings.ts';
import { ACTIONS, FORMS, type Action } from '../../leads/case/forms.ts';
import { AVAILABLE_ACTIONS, STAGES, WHO_MAY, type Stage } from '../../leads/case/stages.ts';

const actions = Object.keys(FORMS) as Action[];
const stages = Object.keys(STAGES) as Stage[];

it('the page of actions says what the tables say', async () => {
  const at = (action: Action): string => {
    const open = stages.filter((stage) =>
      (AVAILABLE_ACTIONS[stage] as readonly Action[]).includes(action),
    );
    return open.length >= 12 ? 'almost everywhere' : open.join(', ');
  };
  const text = `# Actions on a case

Made from \`leads/case/\` by a test. What each action's form asks for is in [openapi.json](openapi.json); what the gates ask for in [Cases](cases.md).

| action | 中文 | who may | at |
| --- | --- | --- | --- |
${actions.map((action) => `| \`${action}\` | ${ACTIONS[action]} | ${WHO_MAY[action].map((role) => ROLES[role]).join('、')} | ${at(action)} |`).join('\n')}

| stage | 中文 |
| --- | --- |
${stages.map((stage) => `| \`${stage}\` | ${STAGES[stage]} |`).join('\n')}

| finding | track | 中文 |
| --- | --- | --- |
${Object.entries(CIVIL_NEED)
  .map(([code, title]) => `| \`${code}\` | civil affairs, need | ${title} |`)
  .join('\n')}
${Object.entries(CIVIL_EXIT)
  .map(([code, title]) => `| \`${code}\` | civil affairs, exit | ${title} |`)
  .join('\n')}
${Object.entries(RURAL)
  .map(([code, title]) => `| \`${code}\` | rural revitalization | ${title} |`)
  .join('\n')}

| code | 中文 | the data were wrong | without a visit |
| --- | --- | --- | --- |
${Object.entries(FALSE_ALARMS)
  .map(
    ([code, { title, wrong, desk }]) =>
      `| \`${code}\` | ${title} | ${wrong ? 'yes' : ''} | ${desk ? 'yes' : ''} |`,
  )
  .join('\n')}
`;
  await expect(await prettier.format(text, { parser: 'markdown' })).toMatchFileSnapshot(
    '../../docs/case-actions.md',
  );
});
