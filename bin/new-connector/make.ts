/** Creates a new connector's files, or throws the reason. Touches only its folder and its page in `docs/`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { loadContracts } from '../../connectors/index.ts';
import { viewName } from '../../files/extract/contract.ts';
import { usageError } from '../../core/errors.ts';
import { loadFields } from '../../pipelines/fields/index.ts';
import { filesOf, wordsOf, type Names } from './files.ts';

const USAGE = 'npm run new:connector -- <agency> <dataset> --title 住建 --dataset-title 危房';
const NAME = /^[a-z]+(-[a-z]+)*$/;
/** Chinese characters, with brackets or digits between them: used in code, tables and headings. */
const TITLE = /^[\p{Script=Han}\d（）、·-]{1,20}$/u;

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { title: { type: 'string' }, 'dataset-title': { type: 'string' } },
    });
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

function readNames(words: readonly string[]): Names {
  const { values, positionals } = readWords(words);
  const [agency, dataset, ...more] = positionals;
  if (agency === undefined || dataset === undefined || more.length > 0)
    throw usageError('an agency and a dataset are needed, and nothing else', USAGE);
  for (const name of [agency, dataset])
    if (!NAME.test(name))
      throw usageError(
        `'${name}' is no name for a folder`,
        'words of lower-case letters with hyphens between them, e.g. unsafe-homes',
      );
  const { title = '', 'dataset-title': datasetTitle = '' } = values;
  for (const [option, text] of [
    ['--title', title],
    ['--dataset-title', datasetTitle],
  ] as const)
    if (!TITLE.test(text))
      throw usageError(
        text === '' ? `${option} is needed` : `${option} '${text}' is no Chinese title`,
        `1 to 20 Chinese characters: ${USAGE}`,
      );
  return { agency, dataset, title, datasetTitle };
}

/** @throws MonitorError `usage` when something of that name exists */
async function refuseKnown({ agency, dataset }: Names, root: URL): Promise<void> {
  for (const path of [`connectors/${agency}`, `docs/connectors/${agency}.md`])
    if (existsSync(new URL(path, root)))
      throw usageError(
        `${path} is there already`,
        'the name of an agency that has no folder; docs/add-a-connector.md says how to add a dataset to one',
      );
  const contracts = [...(await loadContracts()).values()];
  const other = contracts.find((contract) => viewName(contract) === viewName({ dataset }));
  if (other !== undefined)
    throw usageError(
      `${other.agency} has a dataset ${other.dataset}`,
      'a dataset’s name that no other agency uses',
    );
  const { prefix } = wordsOf({ agency, dataset });
  if ((await loadFields()).some(({ name }) => name.startsWith(`${prefix}.`)))
    throw usageError(
      `fields named ${prefix}.… are there already`,
      'an agency’s name that no field begins with',
    );
}

/**
 * @param words arguments of the command line
 * @param root the project's folder
 * @returns the files written, relative to it
 * @throws MonitorError `usage` for invalid names; nothing is written then
 */
export async function newConnector(words: readonly string[], root: URL): Promise<string[]> {
  const names = readNames(words);
  await refuseKnown(names, root);
  const files = filesOf(names);
  for (const [path, text] of Object.entries(files)) {
    const file = new URL(path, root);
    const style = { ...(await resolveConfig(file)), filepath: file.pathname };
    mkdirSync(dirname(file.pathname), { recursive: true });
    writeFileSync(file, /\.(ts|md)$/.test(path) ? await format(text, style) : text);
  }
  return Object.keys(files);
}
