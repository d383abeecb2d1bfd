/** The signed-in user, for any part of the page. */
import { createContext, useContext } from 'react';
import type { SessionAnswer } from '../../api.ts';

export interface Session extends SessionAnswer {
  readonly signOut: () => Promise<void>;
}

export const SessionContext = createContext<Session>({
  accounts: false,
  account: null,
  must_change: false,
  csrf: null,
  signOut: () => Promise.resolve(),
});

export function useSession(): Session {
  return useContext(SessionContext);
}
