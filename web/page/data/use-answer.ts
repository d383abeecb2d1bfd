/**
 * An answer of the server, kept fresh. Navigating away aborts the request; coming back shows the last answer at
 * once while a new one loads; a failed refresh keeps the old answer and says so.
 */
import { useCallback, useEffect, useState } from 'react';
import { fetchAnswer, type Problem } from './fetch-answer.ts';

export interface LoadedAnswer<T> {
  /** Answer for exactly this path; null until loaded. */
  readonly data: T | null;
  /** The last answer for any path: shown by a table while its next page loads. */
  readonly latest: T | null;
  /** Why the last request failed; `data` may still hold the previous answer. */
  readonly problem: Problem | null;
  /** When `data` arrived, in milliseconds. */
  readonly at: number;
  readonly retry: () => void;
}

interface State<T> {
  readonly path: string | null;
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly at: number;
}

/** The last few answers, so that going back does not show an empty page. Lost when the page is closed. */
const remembered = new Map<string, { readonly data: unknown; readonly at: number }>();
const REMEMBERED = 24;

function remember(path: string, data: unknown, at: number): void {
  remembered.delete(path);
  remembered.set(path, { data, at });
  const oldest = remembered.keys().next().value;
  if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}

/** Another reader may see other things. */
export function forgetAnswers(): void {
  remembered.clear();
}

function recall<T>(path: string | null): State<T> {
  const known = path === null ? undefined : remembered.get(path);
  if (known === undefined) return { path: null, data: null, problem: null, at: 0 };
  return { path, data: known.data as T, problem: null, at: known.at };
}

/**
 * @param path null: nothing to request yet
 * @param every milliseconds between refreshes; omitted: requested once
 */
export function useAnswer<T>(path: string | null, every?: number): LoadedAnswer<T> {
  const [state, setState] = useState<State<T>>(() => recall<T>(path));
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (path === null) return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (background: boolean): Promise<void> => {
      try {
        const data = await fetchAnswer<T>(path, abort.signal, background);
        const at = Date.now();
        remember(path, data, at);
        setState({ path, data, problem: null, at });
      } catch (error) {
        if (abort.signal.aborted) return;
        const problem = error as Problem;
        setState((before) =>
          before.path === path ? { ...before, problem } : { ...recall<T>(path), path, problem },
        );
      }
    };
    const round = async (background: boolean): Promise<void> => {
      await ask(background);
      wait();
    };
    const wait = (): void => {
      if (every === undefined || abort.signal.aborted) return;
      timer = setTimeout(() => {
        // A page in a hidden tab has no reader to refresh for.
        if (document.hidden) wait();
        else void round(true);
      }, every);
    };
    void round(false);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path, every, attempt]);

  const retry = useCallback(() => {
    setState((before) => ({ ...before, problem: null }));
    setAttempt((n) => n + 1);
  }, []);

  const current = state.path === path ? state : recall<T>(path);
  return {
    data: current.data,
    latest: current.data ?? state.data,
    problem: current.path === path ? current.problem : null,
    at: current.at,
    retry,
  };
}
