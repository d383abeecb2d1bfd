/** How a department receives its answer: as files beside its delivery, or by an HTTP call to its own address. */
import { z } from 'zod';
import { isLoopback } from './loopback.ts';

const beside = z.strictObject({
  to: z.literal('beside').describe('Files beside the delivered one.'),
});

const webhook = z.strictObject({
  to: z.literal('webhook').describe('A signed call with the report as JSON.'),
  url: z
    .url({ protocol: /^https?$/, error: 'an address, e.g. https://data.example.gov.cn/doudi' })
    .refine(
      (text) => {
        if (!URL.canParse(text)) return true;
        const { protocol, hostname } = new URL(text);
        return protocol === 'https:' || isLoopback(hostname);
      },
      { error: 'https; http only to this machine' },
    )
    .describe('The URL to call.'),
  secret_file: z.string().min(1).describe('File with the key for signing bodies.'),
  with_rows: z
    .boolean()
    .default(false)
    .describe('Include the copy of the bad rows; it contains data on individual persons.'),
});

export const answerSchema = z.discriminatedUnion('to', [beside, webhook]);

/** Allowed keys of an answer, for the hint on an unknown key. */
export const ANSWER_KEYS: readonly string[] = [
  ...new Set([beside, webhook].flatMap((one) => Object.keys(one.shape))),
];

export type AnswerSetting =
  | { readonly to: 'beside' }
  | {
      readonly to: 'webhook';
      readonly url: string;
      readonly secretFile: string;
      readonly withRows: boolean;
    };

/** @param at makes a path of the configuration absolute */
export function answerOf(
  one: z.infer<typeof answerSchema> | undefined,
  at: (file: string) => string,
): AnswerSetting | null {
  if (one === undefined) return null;
  if (one.to === 'beside') return { to: 'beside' };
  const { url, secret_file: secret, with_rows: withRows } = one;
  return { to: 'webhook', url, secretFile: at(secret), withRows };
}
