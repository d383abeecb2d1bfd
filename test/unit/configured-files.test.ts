/** Every text of doudi.yaml is known to be a file, or known to be none: a key that is added must be one of the two. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../core/config.ts';
import { namesFile } from '../../store/backup/configured-files.ts';

/** Keys of texts that name no file: folders, addresses, names, codes, times. */
const NO_FILE = new Set(
  `inbox path province name kind to url base host user folder host_key consumer token_sha256 user_header
  region value unit doc clause note counts from collect run lists answers`.split(/\s+/),
);

/** Names of properties whose value may be a text. */
function texts(schema: unknown, key = ''): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const { type } = schema as { type?: unknown };
  const own = type === 'string' && key !== '' ? [key] : [];
  const { properties = {}, ...rest } = schema as { properties?: object };
  return [
    ...own,
    ...Object.entries(properties).flatMap(([name, inner]) => texts(inner, name)),
    // Members of a choice are the property's own; items of a list and values of a map have no name.
    ...Object.entries(rest).flatMap(([word, inner]) =>
      ['anyOf', 'oneOf', 'allOf'].includes(word)
        ? (inner as unknown[]).flatMap((one) => texts(one, key))
        : texts(inner),
    ),
  ];
}

it('every key of a text is a file by its name, or is listed as none', () => {
  const keys = new Set(
    texts(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })),
  );
  expect([...keys].filter((key) => namesFile(key)).sort()).toEqual([
    'basic_file',
    'ca_file',
    'cert_file',
    'divisions',
    'key_file',
    'passphrase_file',
    'password_file',
    'secret_file',
    'token_file',
  ]);
  expect([...keys].filter((key) => !namesFile(key) && !NO_FILE.has(key))).toEqual([]);
});
