import { describe, expect, it } from 'vitest';
import { addMonths, lastDay, monthIndex, parseMonth, parseMonthRange } from '../../core/month.ts';

describe('months', () => {
  it('ends on its last day, leap years included', () => {
    expect(
      ['2024-02', '2023-02', '1900-02', '2000-02', '2025-12', '2025-09'].map((m) =>
        lastDay(parseMonth(m)),
      ),
    ).toEqual(['2024-02-29', '2023-02-28', '1900-02-28', '2000-02-29', '2025-12-31', '2025-09-30']);
  });
  it('moves over year ends in both directions', () => {
    expect(addMonths(parseMonth('2025-12'), 1)).toBe('2026-01');
    expect(addMonths(parseMonth('2026-01'), -13)).toBe('2024-12');
    expect(monthIndex(parseMonth('2026-01')) - monthIndex(parseMonth('2024-12'))).toBe(13);
  });
  it('reads a range with both ends', () => {
    expect(parseMonthRange('2025-11..2026-01')).toEqual(['2025-11', '2025-12', '2026-01']);
    expect(parseMonthRange('2025-11')).toEqual(['2025-11']);
  });
  it.each(['2025-13', '2025-1', '202501', '2025-00', '', '2026-02..2026-01', '2026-01..'])(
    'refuses %j with a hint',
    (text) => {
      expect(() => parseMonthRange(text)).toThrow(
        expect.objectContaining({ code: 'usage', exitCode: 2 }),
      );
    },
  );
});
