/**
 * What a segment (rules/segments/<ID>.yaml) and a reason of the ledger (rules/reasons/<id>.yaml) may contain.
 * Conditions are the same as in rules; neither opens a lead nor decides about anybody.
 */
import { z } from 'zod';
import { basisSchema, conditionSchema, described } from './schema.ts';

const example = z.strictObject({
  ...described,
  /** The home is in the segment, or the reason apparently applies. */
  holds: z.boolean(),
  /** For a segment: the home is already covered. */
  covered: z.boolean().optional(),
});

const common = {
  /** Incremented with every change of meaning; `rules/lock.json` holds the digest of each version. */
  version: z.number().int().positive(),
  title: z.string().min(1),
  title_en: z.string().min(1),
  subject: z.literal('household'),
  basis: basisSchema,
  when: conditionSchema,
  /** Extracts it requires although none of its fields reads them. */
  needs: z.array(z.string()).default([]),
  /** What it cannot see, and decisions where the notices are silent. */
  limits: z.string().min(1),
  examples: z.array(example).min(3),
};

export const segmentSchema = z.strictObject({
  /** The requirement and its number, e.g. R4-1; also the file's name. */
  id: z.string().regex(/^[A-Z][A-Z0-9]*-[A-Z0-9]+$/),
  ...common,
  /** Homes of the segment that are already covered in its sense; absent: none. */
  covered: conditionSchema.optional(),
});

export const reasonSchema = z.strictObject({
  /** The code shown in the ledger; also the file's name. */
  id: z.string().regex(/^[a-z][a-z-]*$/),
  ...common,
  /** Segments to whose homes it may apply. */
  of: z.array(z.string()).min(1),
});

export type Segment = z.infer<typeof segmentSchema>;
export type UncoveredReason = z.infer<typeof reasonSchema>;

/** Keys of the two files and of their examples, for the hint on a misspelt one. */
export const SEGMENT_WORDS = Object.keys(segmentSchema.shape);
export const REASON_WORDS = Object.keys(reasonSchema.shape);
export const MEMBER_WORDS = Object.keys(example.shape);
