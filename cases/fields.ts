/**
 * Fields shared by the forms of several actions. Forms contain no names: people appear as accounts or pseudonyms,
 * signatures and photographs as SHA-256 digests of files that stay in the county.
 */
import { z } from 'zod';
import { FALSE_ALARM_CODES } from './findings.ts';

export const note = z.string().trim().min(2).max(500);
export const clause = z.string().trim().min(2).max(120);
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256, 64 hex digits');
export const account = z.string().regex(/^[a-z0-9-]{3,40}$/, 'name of an account');
/** A day in Asia/Shanghai. The action's gate checks whether the day is plausible (`gates/days.ts`). */
export const date = z.iso.date();
/** Yuan, as text: money never passes through a binary float. */
export const yuan = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,2})?$/, 'yuan, at most two decimals, as text');
export const count = z.int().min(0).max(99);
export const number = z
  .string()
  .regex(/^[A-Za-z0-9〔〕\u4e00-\u9fff-]{4,60}$/, 'document number, 4 to 60 characters');
export const township = z.string().regex(/^\d{9}$/);

/** The investigators, who sign for the visit (R45: 谁调查谁签字谁负责). */
export const investigators = z
  .array(z.strictObject({ account, signature: digest }))
  .min(1)
  .max(6)
  .refine((list) => new Set(list.map((one) => one.account)).size === list.length, {
    message: 'the same investigator is listed twice',
  });

/** The reason, if the answer is no. */
export const refusing = { code: z.enum(FALSE_ALARM_CODES).optional(), clause: clause.optional() };
