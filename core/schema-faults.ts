/** Zod's findings on a YAML file, with the line and the key that was probably meant. */
import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { YamlFile } from './yaml.ts';

/** Keys allowed in the map at a path, for the hint. */
export type KnownKeys = (path: readonly PropertyKey[]) => readonly string[];

/**
 * One sentence for each fault, e.g. `line 7: limits: unknown key 'x'; did you mean 'y'?`. Misspelt keys come first,
 * since the key that was meant is reported missing as well.
 */
export function faultsOf(error: z.ZodError, file: YamlFile, known: KnownKeys): string[] {
  return error.issues
    .flatMap((issue) => {
      const where = issue.path.map(String).join('.');
      if (issue.code !== 'unrecognized_keys')
        return [
          {
            line: file.lineAt(issue.path),
            unknown: 1,
            text: where === '' ? issue.message : `${where}: ${issue.message}`,
          },
        ];
      return issue.keys.map((key) => ({
        line: file.lineOfKey(issue.path, key),
        unknown: 0,
        text: `unknown key '${where === '' ? '' : `${where}.`}${key}'; did you mean '${closest(key, [...known(issue.path)])}'?`,
      }));
    })
    .sort((a, b) => a.unknown - b.unknown || a.line - b.line)
    .map(({ line, text }) => `line ${line}: ${text}`);
}
