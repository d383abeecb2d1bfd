/** The text of `cases/actions/index.ts`, generated from the files beside it. */
import { readdirSync } from 'node:fs';

const FOLDER = new URL('../../cases/actions/', import.meta.url);
const NAME = /^[a-z]+(_[a-z]+)*$/;

/**
 * @returns names of the actions that have a file, in alphabetical order
 * @throws Error for a file that cannot be an action
 */
export function actionFiles(): string[] {
  const names = readdirSync(FOLDER)
    .filter((file) => file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
  const odd = names.find((name) => !NAME.test(name));
  if (odd !== undefined)
    throw new Error(`cases/actions/${odd}: an action is one file, named in lower case with _`);
  return names;
}

/** @param names of the actions, in output order */
export function indexText(names: readonly string[]): string {
  return `/** Made by \`npm run actions\` from the files of this folder: do not edit. A test holds it complete. */
${names.map((name) => `import ${name} from './${name}.ts';`).join('\n')}

export const CASE_ACTIONS = {
${names.map((name) => `  ${name},`).join('\n')}
} as const;
`;
}
