/** Secrets from the files named in the configuration. They are read when needed, so that a new one takes effect. */
import { readFileSync } from 'node:fs';
import { fault } from './fault.ts';

/** @throws MonitorError `source-credentials` */
export function readSecret(path: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw fault('source-credentials', 'a credentials file cannot be read');
  }
  if (bytes.length === 0) throw fault('source-credentials', 'a credentials file is empty');
  return bytes;
}

/**
 * One line without its line end. @throws MonitorError `source-credentials`, also on content that could inject a header
 */
export function readLine(path: string): string {
  const line = readSecret(path)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '');
  if (line === '' || /[\0\r\n]/.test(line))
    throw fault('source-credentials', 'a credentials file is not one line');
  return line;
}
