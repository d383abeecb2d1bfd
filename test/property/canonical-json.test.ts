/** One form of JSON under the chains: the bytes that journals already hold, now written by a library (RFC 8785). */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sm3 } from '../../core/hash.ts';

/** What chains were hashed over before. */
function before(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => before(item ?? null)).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${before(item)}`);
  return `{${entries.join(',')}}`;
}

/** Pairs and halves of pairs, controls, and text as people write it. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(-0, 0, 1e21, 1e-7, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER),
);

/** Keys that an object orders by itself (`9` before `10`) among them. */
const key = fc.oneof(text, fc.nat().map(String), fc.constantFrom('toJSON', 'constructor', ''));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, undefined),
    number,
    text,
    fc.array(tie('value')),
    fc.dictionary(key, tie('value')),
  ),
}));

describe('canonical JSON', () => {
  it('has the bytes that it always had, for everything that JSON can hold', () => {
    fc.assert(
      fc.property(
        value.filter((one) => one !== undefined),
        (one) => {
          expect(canonicalJson(one)).toBe(before(one));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is the library’s for whatever the library takes', () => {
    const whole = fc.jsonValue({ stringUnit: 'grapheme' });
    fc.assert(
      fc.property(whole, (one) => {
        expect(canonicalJson(one)).toBe(canonicalize(one));
      }),
    );
  });

  it('is the same again after a way through a file, which is how a chain is checked', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (one) => {
        expect(canonicalJson(JSON.parse(JSON.stringify(one)))).toBe(canonicalJson(one));
      }),
    );
  });

  it('orders keys by their UTF-16 units and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, 10: 2, 9: 3, a: undefined, '\u{1F600}': 4, '\uFB33': 5 })).toBe(
      '{"10":2,"9":3,"b":1,"\u{1F600}":4,"\uFB33":5}',
    );
    expect(canonicalJson([undefined, -0, 1e21])).toBe('[null,0,1e+21]');
  });

  it('keeps the form of half a surrogate pair that a journal may hold', () => {
    expect(canonicalJson({ note: 'a\uD800', z: 1 })).toBe('{"note":"a\\ud800","z":1}');
  });

  it('gives a record of an existing journal the digest that it has', () => {
    const record = {
      seq: 7,
      at: '2026-11-05T01:00:00.000Z',
      type: 'lead_outcome',
      data: {
        month: '2026-10',
        reason: '已核查，"不符合"\n',
        clause: '',
        amount: 1e21,
        list: [null, -0.5],
      },
      prev: '0'.repeat(64),
    };
    expect(sm3(canonicalJson(record))).toBe(
      '130cd3545760d7980eade30d8b1418d2a6818f55ee7f89ea8580213c472c57c8',
    );
  });
});
