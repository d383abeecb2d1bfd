// Dates are 'YYYY-MM-DD' and months 'YYYY-MM' throughout, so that text order is time order.

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export function shiftMonth(month: string, by: number): string {
  const shifted = monthNumber(month) + by;
  return `${pad(Math.floor(shifted / 12), 4)}-${pad((shifted % 12) + 1, 2)}`;
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}

export function daysInMonth(month: string): number {
  const year = Number(month.slice(0, 4));
  const which = Number(month.slice(5, 7));
  if (which === 2) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    return leap ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(which) ? 30 : 31;
}

export function firstDay(month: string): string {
  return `${month}-01`;
}

export function lastDay(month: string): string {
  return `${month}-${pad(daysInMonth(month), 2)}`;
}

/** Adding months clamps to the last day of the month reached. */
export function addMonths(date: string, months: number): string {
  const month = shiftMonth(monthOf(date), months);
  return `${month}-${pad(Math.min(Number(date.slice(8)), daysInMonth(month)), 2)}`;
}

export function addDays(date: string, days: number): string {
  let month = monthOf(date);
  let day = Number(date.slice(8)) + days;
  while (day > daysInMonth(month)) {
    day -= daysInMonth(month);
    month = shiftMonth(month, 1);
  }
  while (day < 1) {
    month = shiftMonth(month, -1);
    day += daysInMonth(month);
  }
  return `${month}-${pad(day, 2)}`;
}
