/** Where the reader is, from the address bar; the browser's own back and forward do the rest. */
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { addressOf, parsePlace, type PageAddress, type Query, type Screen } from './route.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
  };
}

export function usePlaceOfWindow(): PageAddress {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parsePlace(hash), [hash]);
}

export const PlaceContext = createContext<PageAddress>({
  route: { screen: 'overview' },
  query: {},
});

export interface Navigation extends PageAddress {
  /** Address of another screen, keeping the month. */
  readonly to: (route: Screen, query?: Query) => string;
  /** Address of this screen with part of its query changed. */
  readonly here: (changes: Query) => string;
  readonly go: (address: string) => void;
}

export function useNavigation(): Navigation {
  const place = useContext(PlaceContext);
  return useMemo(() => {
    const month = place.query['month'] ?? '';
    return {
      ...place,
      to: (route, query = {}) => addressOf(route, { month, ...query }),
      here: (changes) => addressOf(place.route, { ...place.query, ...changes }),
      go: (address) => {
        window.location.hash = address;
      },
    };
  }, [place]);
}
