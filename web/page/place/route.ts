/** Screens as addresses: `#/`, `#/rules/ILL-01`, `#/counties/520102`, `#/leads/L…`, `#/queues`, `#/charts`, so a link can be sent. */
export type Screen =
  | { readonly screen: 'overview' }
  | { readonly screen: 'rule'; readonly rule: string }
  | { readonly screen: 'county'; readonly county: string }
  | { readonly screen: 'lead'; readonly lead: string }
  | { readonly screen: 'queues' }
  | { readonly screen: 'charts' }
  | { readonly screen: 'unknown' };

/** The rest of the address: the month, filters, the page of a table. */
export type Query = Readonly<Record<string, string>>;

export interface PageAddress {
  readonly route: Screen;
  readonly query: Query;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A link truncated by a chat program ends in half an escape.
    return part;
  }
}

function routeOf(path: string): Screen {
  const [head = '', tail = '', ...rest] = path.split('/').filter(Boolean).map(decode);
  if (rest.length > 0) return { screen: 'unknown' };
  if (head === '') return { screen: 'overview' };
  if (head === 'queues' && tail === '') return { screen: 'queues' };
  if (head === 'charts' && tail === '') return { screen: 'charts' };
  if (tail === '') return { screen: 'unknown' };
  if (head === 'rules') return { screen: 'rule', rule: tail };
  if (head === 'counties') return { screen: 'county', county: tail };
  if (head === 'leads') return { screen: 'lead', lead: tail };
  return { screen: 'unknown' };
}

/** @param hash including the `#` */
export function parsePlace(hash: string): PageAddress {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  return { route: routeOf(path), query: Object.fromEntries(new URLSearchParams(query)) };
}

function pathOf(route: Screen): string {
  switch (route.screen) {
    case 'rule':
      return `/rules/${encodeURIComponent(route.rule)}`;
    case 'county':
      return `/counties/${encodeURIComponent(route.county)}`;
    case 'lead':
      return `/leads/${encodeURIComponent(route.lead)}`;
    case 'queues':
      return '/queues';
    case 'charts':
      return '/charts';
    case 'overview':
    case 'unknown':
      return '/';
  }
}

/** @returns the address, for `href`; empty values are left out */
export function addressOf(route: Screen, query: Query): string {
  const kept = Object.entries(query).filter(([, value]) => value !== '');
  const text = new URLSearchParams(kept).toString();
  return `#${pathOf(route)}${text === '' ? '' : `?${text}`}`;
}
