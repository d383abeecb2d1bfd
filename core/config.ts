/** A home's `doudi.yaml`: read once, checked, unknown keys refused with the nearest known one. */
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { MonitorError } from './errors.ts';
import { parameterSchema, type Parameter } from './parameter.ts';
import { readYaml } from './yaml.ts';

const province = z.preprocess(
  (v) => (typeof v === 'number' || typeof v === 'string' ? String(v).padEnd(6, '0') : v),
  z.string().regex(/^\d{2}0000$/, 'a province code, e.g. "520000"'),
);

const schema = z.strictObject({
  province,
  /** CSV of the province's divisions, relative to the home; the shipped ones otherwise. */
  divisions: z.string().optional(),
  /** Folder that scheduled runs collect from, relative to the home; `run --inbox` names another by hand. */
  inbox: z.string().optional(),
  limits: z
    .strictObject({
      /** Share of bad rows above which a file is refused whole (contracts.md section 1: 5 %). */
      bad_row_share: z.number().min(0).max(1).default(0.05),
      /** Bytes above which an extract is refused as `too-large`. */
      file_bytes: z
        .number()
        .int()
        .positive()
        .default(8 * 2 ** 30),
    })
    .prefault({}),
  parameters: z.array(parameterSchema).default([]),
});

export interface Config {
  readonly province: string;
  readonly divisions: string | undefined;
  readonly inbox: string | undefined;
  readonly limits: { readonly badRowShare: number; readonly fileBytes: number };
  readonly parameters: readonly Parameter[];
}

/** A home without a doudi.yaml is one of Guizhou, the province whose divisions and notices are shipped whole. */
export const DEFAULT_PROVINCE = '520000';

/** Known keys at the place of an unknown one, for the hint. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(schema.shape);
  if (path[0] === 'limits') return ['bad_row_share', 'file_bytes'];
  return Object.keys(parameterSchema.shape);
}

function explain(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .map(
        (key) =>
          `unknown key '${where === '' ? '' : `${where}.`}${key}'; did you mean '${closest(key, knownKeys(issue.path))}'?`,
      )
      .join('; ');
  }
  return `${where}: ${issue.message}`;
}

/**
 * @param home folder of the deployment
 * @throws MonitorError `config` naming every wrong key, before anything is done
 */
export function readConfig(home: string): Config {
  const path = join(home, 'doudi.yaml');
  let raw: unknown = { province: DEFAULT_PROVINCE };
  if (existsSync(path)) raw = readYaml(path, path, 'config');
  const result = schema.safeParse(raw);
  if (!result.success) {
    throw new MonitorError('config', `${path}: ${result.error.issues.map(explain).join('; ')}`, {
      fix: 'correct the keys named; docs/operations.md lists all of them',
    });
  }
  const { data } = result;
  const inHome = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : isAbsolute(file) ? file : join(home, file);
  return {
    province: data.province,
    divisions: inHome(data.divisions),
    inbox: inHome(data.inbox),
    limits: { badRowShare: data.limits.bad_row_share, fileBytes: data.limits.file_bytes },
    parameters: data.parameters,
  };
}
