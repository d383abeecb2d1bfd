/**
 * What a segment (rules/segments/<ID>.yaml) and a reason of the ledger (rules/reasons/<id>.yaml) may say. Their
 * conditions are those of rules; neither opens a lead, and neither decides about anybody.
 */
import { z } from 'zod';
import { basisSchema, conditionSchema, described } from './schema.ts';

const example = z.strictObject({
  ...described,
  /** The home is in the segment, or the reason seems to hold for it. */
  holds: z.boolean(),
  /** Of a segment: the home is looked after already. */
  covered: z.boolean().optional(),
});

const common = {
  /** Raised with every change of meaning; `rules/lock.json` holds the digest of each version. */
  version: z.number().int().positive(),
  title: z.string().min(1),
  title_en: z.string().min(1),
  subject: z.literal('household'),
  basis: basisSchema,
  when: conditionSchema,
  /** Extracts it cannot do without although no field of it is bound to them. */
  needs: z.array(z.string()).default([]),
  /** What it cannot see, and decisions where the notices are silent. */
  limits: z.string().min(1),
  examples: z.array(example).min(3),
};

export const segmentSchema = z.strictObject({
  /** The requirement and its number, e.g. R4-1; the file bears the same name. */
  id: z.string().regex(/^[A-Z][A-Z0-9]*-[A-Z0-9]+$/),
  ...common,
  /** Homes of the segment that are looked after as its sense demands; absent: nobody in it is. */
  covered: conditionSchema.optional(),
});

export const reasonSchema = z.strictObject({
  /** The code that the ledger shows; the file bears the same name. */
  id: z.string().regex(/^[a-z][a-z-]*$/),
  ...common,
  /** Segments whose homes it may be said of. */
  of: z.array(z.string()).min(1),
});

export type Segment = z.infer<typeof segmentSchema>;
export type UncoveredReason = z.infer<typeof reasonSchema>;

/** Keys of the two files and of their examples, for the hint at a misspelt one. */
export const SEGMENT_WORDS = Object.keys(segmentSchema.shape);
export const REASON_WORDS = Object.keys(reasonSchema.shape);
export const MEMBER_WORDS = Object.keys(example.shape);
