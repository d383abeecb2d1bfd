/** docs/case-actions.md: actions, stages, findings and codes from the tables. */
import prettier from 'prettier';
import { ROLES } from '../../core/account.ts';
import { CIVIL_EXIT, CIVIL_NEED, FALSE_ALARMS, RURAL } from '../../cases/findings.ts';
import { STAGES, type Stage } from '../../cases/stages.ts';
import {
  ACTION_NAMES,
  AVAILABLE_ACTIONS,
  TITLES,
  WHO_MAY,
  type Action,
} from '../../cases/tables.ts';

const stages = Object.keys(STAGES) as Stage[];

export async function actionsPage(): Promise<string> {
  const at = (action: Action): string => {
    const open = stages.filter((stage) => AVAILABLE_ACTIONS[stage].includes(action));
    return open.length >= 12 ? 'almost everywhere' : open.join(', ');
  };
  const text = `# Actions on a case

Made from \`cases/\` by a test. What each action's form asks for is in [openapi.json](openapi.json); what the gates ask for in [Cases](cases.md).

| action | 中文 | who may | at |
| --- | --- | --- | --- |
${ACTION_NAMES.map((action) => `| \`${action}\` | ${TITLES[action]} | ${WHO_MAY[action].map((role) => ROLES[role]).join('、')} | ${at(action)} |`).join('\n')}

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
    ([code, { title, wrong, withoutVisit }]) =>
      `| \`${code}\` | ${title} | ${wrong ? 'yes' : ''} | ${withoutVisit ? 'yes' : ''} |`,
  )
  .join('\n')}
`;
  return prettier.format(text, { parser: 'markdown' });
}
