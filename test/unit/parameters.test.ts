import { describe, expect, it } from 'vitest';
import { parameterSchema, type Parameter } from '../../core/parameter.ts';
import { divisionsOf } from '../../core/region.ts';
import { loadParameters, lookUp } from '../../warnings/parameters.ts';
import { parameterFileSchema } from '../../warnings/schema.ts';

const GUIZHOU = divisionsOf('520000');
const SHANXI = divisionsOf('140000');

const value = (over: Partial<Parameter>): Parameter => ({
  name: 'dibao-standard',
  region: '520000',
  from: '2023-01-01',
  to: null,
  value: 6000,
  unit: 'yuan/year',
  doc: 'trial',
  clause: '-',
  ...over,
});
const standard = (
  own: readonly Parameter[],
  county: string,
  day = '2025-10-31',
  residence = 'rural',
): unknown =>
  lookUp(
    loadParameters(own),
    county.startsWith('14') ? SHANXI : GUIZHOU,
    'dibao-standard',
    county,
    day,
    { residence },
  )?.value;

describe('divisions', () => {
  it('know every county and its lineage up to the country', () => {
    expect(GUIZHOU.counties).toHaveLength(88);
    expect(GUIZHOU.lineage('520102')).toEqual(['520102', '520100', '520000', '000000']);
    expect(divisionsOf('530000').counties.length).toBeGreaterThan(120);
    expect(() => divisionsOf('110000')).toThrow(/no divisions are shipped/);
  });
});

describe('a unit', () => {
  it('outside the closed list is refused with what would be accepted', () => {
    const result = parameterSchema.safeParse({ ...value({}), unit: 'yuan per year' });
    expect(result.error?.issues[0]?.message).toMatch(/yuan\/year.*working-days.*share/);
  });
  it('must go with the type of the figure', () => {
    const file = { name: 'a', title: 'a', title_en: 'a', type: 'number', values: [] };
    expect(parameterFileSchema.safeParse({ ...file, unit: 'months' }).success).toBe(true);
    expect(parameterFileSchema.safeParse({ ...file, unit: 'text' }).success).toBe(false);
  });
});

describe('parameters', () => {
  it('are inherited county, prefecture, province, country: the nearest wins', () => {
    const own = [
      value({ region: '000000', value: 1 }),
      value({ value: 2 }),
      value({ region: '520100', value: 3 }),
      value({ region: '520102', value: 4 }),
    ];
    expect(['520102', '520103', '520201'].map((county) => standard(own, county))).toEqual([
      4, 3, 2,
    ]);
    expect(standard(own, '141034')).toBe(1);
  });
  it('of the home win over shipped ones, even from farther away', () => {
    expect(standard([], '141034')).toBe(6000);
    expect(standard([], '141034', '2025-10-31', 'urban')).toBe(7500);
    expect(standard([value({ region: '140000', value: 9 })], '141034')).toBe(9);
  });
  it('hold from their first to their last day', () => {
    const own = [
      value({ to: '2025-10-30', value: 5000 }),
      value({ from: '2025-10-31', value: 5500 }),
    ];
    expect(
      ['2022-12-31', '2023-01-01', '2025-10-30', '2025-10-31'].map((day) =>
        standard(own, '520102', day),
      ),
    ).toEqual([undefined, 5000, 5000, 5500]);
  });
  it('for a case win over one for all cases in the same region', () => {
    const own = [value({ value: 6000 }), value({ where: { residence: 'urban' }, value: 9000 })];
    expect([standard(own, '520102'), standard(own, '520102', '2025-10-31', 'urban')]).toEqual([
      6000, 9000,
    ]);
  });
  it('answer as each notice says: grace periods of Guizhou, Chuxiong and Yuncheng', () => {
    const book = loadParameters([]);
    const months = (divisions: typeof GUIZHOU, county: string, reason: string): unknown =>
      lookUp(book, divisions, 'grace-period', county, '2025-10-31', { reason })?.value;
    expect(
      ['state_employment', 'flexible_employment', 'other'].map((reason) =>
        months(GUIZHOU, '520102', reason),
      ),
    ).toEqual([3, 6, 6]);
    expect(months(SHANXI, '140802', 'other')).toBe(6);
    expect(months(SHANXI, '141034', 'other')).toBeUndefined();
  });
  it('every value that is law names its document and clause', () => {
    for (const { name, doc, clause, unverified } of loadParameters([]).tiers.flat()) {
      expect({ name, doc: doc.length > 3, clause: unverified === true || clause !== '-' }).toEqual({
        name,
        doc: true,
        clause: true,
      });
    }
  });
  it.each<[Partial<Parameter>[], RegExp]>([
    [[{ name: 'dibao-standart' }], /no parameter 'dibao-standart'/],
    [[{}, { from: '2024-01-01' }], /has two values from 2024-01-01/],
    [[{ to: '2022-12-31' }], /ends before it begins/],
    [[{ value: true }], /must be a number/],
    [[{ where: { residence: 'town' } }], /'town' is no residence; known: urban, rural/],
    [[{ where: { reason: 'other' } }], /does not differ by 'reason'/],
    [[{ unit: 'yuan/month' }], /it is in yuan\/year, not in yuan\/month/],
    [[{ value: -1 }], /must not be negative/],
    [[{ name: 'spot-check-share', unit: 'share', value: 30 }], /30 share must be a part of one/],
    [[{ name: 'review-interval', unit: 'months', value: 1.5 }], /must be a whole number/],
    [[{ name: 'village-report-day', unit: 'day-of-month', value: 32 }], /must be a day, 1 to 31/],
    [[{ name: 'top-up-grade', unit: 'grade', value: 5 }], /must be a grade, 1 to 4/],
    [[{ name: 'confirmation-level', unit: 'text', value: 3 }], /must be a text/],
    [[{ name: 'campaign-rural', unit: 'date', value: '31.3.2023' }], /must be a date/],
    [[{ name: 'campaign-rural', unit: 'date', value: '2023-02-30' }], /must be a date/],
    [[{ value: '6000' }], /must be a number/],
  ])('%j is refused with its place', (own, message) => {
    expect(() => loadParameters(own.map(value))).toThrow(message);
  });
});
