/** Available width, by the same breakpoints at which style/ changes its layout. */
import { useSyncExternalStore } from 'react';

function widthHook(condition: string): () => boolean {
  const query = window.matchMedia(condition);
  const subscribe = (changed: () => void): (() => void) => {
    query.addEventListener('change', changed);
    return () => {
      query.removeEventListener('change', changed);
    };
  };
  return () => useSyncExternalStore(subscribe, () => query.matches);
}

/** A phone. */
export const useNarrow = widthHook('(max-width: 767px)');

/** Room for all columns of two tables side by side. */
export const useRoomy = widthHook('(min-width: 1200px)');
