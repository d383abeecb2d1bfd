/** Figures, months and instants in the notation of the reader's language. */
import { LANGUAGES, useLanguage, type PageLanguage } from './words.ts';

/** Offices work on Beijing time, wherever the server or the browser is. */
const ZONE = 'Asia/Shanghai';

export interface Formats {
  /** 12,480 */
  readonly count: (value: number) => string;
  /** 0.35 % */
  readonly share: (value: number) => string;
  /** 2025年10月 · October 2025 */
  readonly month: (month: string) => string;
  /** 2025-11-05 09:24 */
  readonly instant: (at: string) => string;
  /** 09:24 */
  readonly time: (at: string | number) => string;
}

function create(language: PageLanguage): Formats {
  const tag = language === 'en' ? 'en-GB' : LANGUAGES[language];
  const counts = new Intl.NumberFormat(tag);
  const months = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  // Swedish writes ISO dates, an order familiar in both languages.
  const instants = new Intl.DateTimeFormat('sv-SE', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  });
  const times = new Intl.DateTimeFormat('sv-SE', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  });
  return {
    share: (value) => `${(value * 100).toFixed(value === 0 ? 0 : 2)} %`,
    count: (value) => counts.format(value),
    month: (month) => months.format(new Date(`${month}-01T00:00:00Z`)),
    instant: (at) => instants.format(new Date(at)),
    time: (at) => times.format(new Date(at)),
  };
}

const FORMATS: Readonly<Record<PageLanguage, Formats>> = { zh: create('zh'), en: create('en') };

export function useFormat(): Formats {
  return FORMATS[useLanguage()];
}
