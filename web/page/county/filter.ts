/** The filter of a queue, as kept in the address. */
import type { Query } from '../place/route.ts';

export const PAGE_SIZE = 50;

export const FILTERS = ['direction', 'priority', 'status', 'rule', 'order'] as const;

/** @returns the request path; a county's open leads unless the address says otherwise */
export function leadsPath(code: string, month: string, query: Query): string {
  const asked = new URLSearchParams({
    month,
    page: query['page'] ?? '1',
    size: String(PAGE_SIZE),
    status: query['status'] ?? 'open',
  });
  for (const name of ['direction', 'priority', 'rule', 'order']) {
    const value = query[name];
    if (value !== undefined) asked.set(name, value);
  }
  return `/api/counties/${encodeURIComponent(code)}/leads?${asked.toString()}`;
}
