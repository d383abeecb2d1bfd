/** Language and place around the screens; selects the screen for the address. */
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { useEffect, useState } from 'react';
import { PlaceContext, usePlaceOfWindow } from './place/use-place.ts';
import { SessionGate } from './sign-in/session-gate.tsx';
import { Shell } from './shell/shell.tsx';
import { THEME } from './style/theme.ts';
import {
  LANGUAGES,
  LanguageContext,
  rememberedLanguage,
  rememberLanguage,
  type PageLanguage,
} from './words/words.ts';

const LOCALES = { zh: zhCN, en: enUS } as const satisfies Record<PageLanguage, typeof zhCN>;

export function App() {
  const place = usePlaceOfWindow();
  const [language, setLanguage] = useState(rememberedLanguage);

  useEffect(() => {
    document.documentElement.lang = LANGUAGES[language];
    rememberLanguage(language);
  }, [language]);

  return (
    <ConfigProvider
      locale={LOCALES[language]}
      theme={THEME}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <LanguageContext value={language}>
        <PlaceContext value={place}>
          <SessionGate onLanguage={setLanguage}>
            <Shell onLanguage={setLanguage} />
          </SessionGate>
        </PlaceContext>
      </LanguageContext>
    </ConfigProvider>
  );
}
