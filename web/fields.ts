/** Fields that several routes ask for. */
import { z } from 'zod';
import { MONTH } from '../core/month.ts';

export const month = z
  .string()
  .regex(MONTH, 'a month, YYYY-MM')
  .describe('YYYY-MM; one that has been run');

export const county = z.string().regex(/^\d{6}$/, 'a county code of six digits');

export const leadId = z.string().regex(/^L[0-9a-f]{24}$/, 'an id of a lead');

/** A whole number from 1 that may be left out. */
export function count(fallback: number, most: number) {
  return z.coerce
    .number(`a whole number from 1 to ${most}`)
    .int(`a whole number from 1 to ${most}`)
    .min(1, `a whole number from 1 to ${most}`)
    .max(most, `a whole number from 1 to ${most}`)
    .default(fallback);
}
