/** The one card on the sign-in screens. */
import type { ReactNode } from 'react';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWords, type PageLanguage } from '../words/words.ts';

interface Props {
  readonly onLanguage: (language: PageLanguage) => void;
  readonly children: ReactNode;
}

export function SignInCard({ onLanguage, children }: Props) {
  const words = useWords();
  return (
    <main className="sign-in">
      <section className="panel" data-testid="sign-in">
        <header>
          <span className="brand">
            <img src="/icon.svg" alt="" width="30" height="30" />
            <span>
              <strong>{words.brand}</strong>
              <small>{words.product}</small>
            </span>
          </span>
          <LanguageSwitch onLanguage={onLanguage} />
        </header>
        {children}
      </section>
    </main>
  );
}
