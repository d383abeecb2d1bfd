/** The title of a rule in the reader's language. */
import type { PageLanguage } from '../words/words.ts';

interface Titled {
  readonly title: string;
  readonly title_en: string;
}

/** The catalogue writes English titles without a capital, because they also appear inside sentences. */
export function titleOf({ title, title_en: english }: Titled, language: PageLanguage): string {
  if (language === 'zh' || english === '') return title;
  return english.charAt(0).toUpperCase() + english.slice(1);
}
