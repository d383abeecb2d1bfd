import { Segmented } from 'antd';
import { useLanguage, useWords, type Language } from '../words/words.ts';

const OPTIONS: { readonly value: Language; readonly label: string }[] = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'EN' },
];

export function LanguageSwitch({
  onLanguage,
}: {
  readonly onLanguage: (language: Language) => void;
}) {
  return (
    <Segmented<Language>
      data-testid="language"
      aria-label={useWords().language}
      options={OPTIONS}
      value={useLanguage()}
      onChange={onLanguage}
    />
  );
}
