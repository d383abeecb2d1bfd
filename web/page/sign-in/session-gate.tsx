/** Hides the screens of a home with accounts until the server knows the user. */
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { SessionAnswer } from '../../api.ts';
import { fetchAnswer, sendAnswer, SIGNED_OUT, type Problem } from '../data/fetch-answer.ts';
import { ProblemNotice } from '../data/problem-notice.tsx';
import { forgetAnswers } from '../data/use-answer.ts';
import type { PageLanguage } from '../words/words.ts';
import { ChangePassword } from './change-password.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SessionContext } from './use-session.ts';

interface Props {
  readonly onLanguage: (language: PageLanguage) => void;
  readonly children: ReactNode;
}

export function SessionGate({ onLanguage, children }: Props) {
  const [told, setTold] = useState<SessionAnswer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** Kept only between the two screens, so that the first password is not typed twice. */
  const [oneTime, setOneTime] = useState('');

  const refresh = useCallback(async (signal: AbortSignal) => {
    try {
      setTold(await fetchAnswer<SessionAnswer>('/api/session', signal));
      setProblem(null);
    } catch (error) {
      if (!signal.aborted) setProblem(error as Problem);
    }
  }, []);

  useEffect(() => {
    const abort = new AbortController();
    const ask = (): void => void refresh(abort.signal);
    ask();
    window.addEventListener(SIGNED_OUT, ask);
    return () => {
      abort.abort();
      window.removeEventListener(SIGNED_OUT, ask);
    };
  }, [refresh]);

  const session = useMemo(
    () =>
      told === null
        ? null
        : {
            ...told,
            signOut: async () => {
              const left = await sendAnswer<SessionAnswer>(
                'DELETE',
                '/api/session',
                {},
                told.csrf ?? '',
              );
              forgetAnswers();
              window.location.hash = '';
              setTold(left);
            },
          },
    [told],
  );

  if (session === null) {
    if (problem === null) return null;
    const again = (): void => void refresh(new AbortController().signal);
    return (
      <SignInCard onLanguage={onLanguage}>
        <ProblemNotice problem={problem} onRetry={again} />
      </SignInCard>
    );
  }
  const come = (next: SessionAnswer): void => {
    forgetAnswers();
    setTold(next);
  };
  if (session.accounts && session.account === null)
    return (
      <SignInCard onLanguage={onLanguage}>
        <SignInForm
          onSignedIn={(next, password) => {
            setOneTime(next.must_change ? password : '');
            come(next);
          }}
        />
      </SignInCard>
    );
  if (session.must_change)
    return (
      <SignInCard onLanguage={onLanguage}>
        <ChangePassword
          old={oneTime}
          name={session.account?.name ?? ''}
          csrf={session.csrf ?? ''}
          onSignOut={session.signOut}
          onChanged={(next) => {
            setOneTime('');
            come(next);
          }}
        />
      </SignInCard>
    );
  return <SessionContext value={session}>{children}</SessionContext>;
}
