import { Segmented } from 'antd';
import { useLanguage, useWords, type PageLanguage } from '../words/words.ts';

const OPTIONS: { readonly value: PageLanguage; readonly label: string }[] = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'EN' },
];

export function LanguageSwitch({
  onLanguage,
}: {
  readonly onLanguage: (language: PageLanguage) => void;
}) {
  return (
    <Segmented<PageLanguage>
      data-testid="language"
      aria-label={useWords().language}
      options={OPTIONS}
      value={useLanguage()}
      onChange={onLanguage}
    />
  );
}
