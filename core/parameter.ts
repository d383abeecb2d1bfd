/**
 * A figure of policy: data with region, period and citation (never a constant in code).
 * The same form stands in `rules/parameters/*.yaml` and under `parameters:` of a home's doudi.yaml.
 */
import { z } from 'zod';

/** YAML reads an unquoted 520000 as a number; codes are text. */
const code = z.preprocess(
  (v) => (typeof v === 'number' ? String(v) : v),
  z.string().regex(/^\d{6}$/, 'a 6-digit division code, "000000" for the country'),
);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD');

export const parameterSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
  /** Which case the value is for, e.g. `{ residence: rural }` or `{ reason: other }`. */
  where: z.record(z.string(), z.string()).optional(),
  region: code,
  from: date,
  /** Last day in force; null: until it is replaced. */
  to: date.nullable(),
  value: z.union([z.number(), z.boolean()]),
  unit: z.string().min(1),
  doc: z.string().min(1),
  clause: z.string().min(1),
  /** Default figures seen in public material only; an office must confirm them. */
  unverified: z.boolean().optional(),
  note: z.string().optional(),
});

export type Parameter = z.infer<typeof parameterSchema>;

/** A figure and where it is written, for messages: `rules/parameters/grace-period.yaml, line 12`. */
export interface Placed extends Parameter {
  readonly place: string;
}
