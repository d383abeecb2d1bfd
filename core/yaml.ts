/** YAML files with errors that name file and line. */
import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { MonitorError } from './errors.ts';

/**
 * @param path file to read
 * @param name how the file is called in messages
 * @param code error code of the kind of file
 * @throws MonitorError with file and line when it is not YAML
 */
export function readYaml(path: string | URL, name: string, code: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new MonitorError(
      code,
      `${name}, line ${error.linePos?.[0].line ?? 0}: not readable as YAML`,
      { cause: error.code },
    );
  }
}
