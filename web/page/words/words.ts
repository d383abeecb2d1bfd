/** The language of the page: chosen by the reader, remembered by the browser. */
import { createContext, useContext } from 'react';
import { en } from './en.ts';
import { zh, type Words } from './zh.ts';

export const LANGUAGES = { zh: 'zh-CN', en: 'en' } as const;
export type PageLanguage = keyof typeof LANGUAGES;

const DICTIONARIES: Readonly<Record<PageLanguage, Words>> = { zh, en };
const KEY = 'doudi.language';

/** @returns Chinese unless this browser was switched to English before */
export function rememberedLanguage(): PageLanguage {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
  } catch {
    // Storage can be forbidden on a shared machine; the page works without.
    return 'zh';
  }
}

export function rememberLanguage(language: PageLanguage): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // As above: the switch then lasts until the page is closed.
  }
}

export const LanguageContext = createContext<PageLanguage>('zh');

export function useLanguage(): PageLanguage {
  return useContext(LanguageContext);
}

export function useWords(): Words {
  return DICTIONARIES[useContext(LanguageContext)];
}
