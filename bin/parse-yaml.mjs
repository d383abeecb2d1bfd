// Parses the shipped rules, figures and segments once, at build: core/yaml.ts finds them by the digest of their text.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = 'dist/rules';

const texts = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'));

const contents = texts.map((text) => [
  createHash('sha256').update(text).digest('hex'),
  parse(text),
]);
writeFileSync(join(FOLDER, 'parsed.json'), JSON.stringify(Object.fromEntries(contents)));
