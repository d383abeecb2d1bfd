/** Fields used by several routes. */
import { z } from 'zod';
import { MONTH } from '../core/month.ts';

export const month = z
  .string()
  .regex(MONTH, 'a month, YYYY-MM')
  .describe('YYYY-MM; one that has been run');

/** A calendar month, run or not. */
export const anyMonth = z.string().regex(MONTH, 'a month, YYYY-MM');

export const township = z.string().regex(/^\d{9}$/, 'a township code of nine digits');

export const village = z.string().regex(/^\d{12}$/, 'a village code of twelve digits');

/** Id of a person or a household (contracts.md section 1). */
export const pseudonym = z.string().regex(/^[0-9a-f]{32}$/, '32 hex digits');

export const county = z.string().regex(/^\d{6}$/, 'a county code of six digits');

export const leadId = z.string().regex(/^L[0-9a-f]{24}$/, 'an id of a lead');

/** An optional whole number from 1. */
export function count(fallback: number, most: number) {
  return z.coerce
    .number(`a whole number from 1 to ${most}`)
    .int(`a whole number from 1 to ${most}`)
    .min(1, `a whole number from 1 to ${most}`)
    .max(most, `a whole number from 1 to ${most}`)
    .default(fallback);
}
