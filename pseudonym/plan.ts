/** The treatment of each column, decided from the header before any row is read. */
import { MonitorError } from '../core/errors.ts';
import { sensitiveHeader, type Sensitive } from './headers.ts';

export interface Wishes {
  /** Columns that hold identity numbers; the first is the person the row is about. `NAME=NEW` renames. */
  readonly columns: readonly string[];
  /** Columns that hold household numbers; the first is the person's household. */
  readonly households: readonly string[];
  /** Columns for the county's roster: headers, or `name`, `address`, `phone` for all of that kind. */
  readonly keep: readonly string[];
  readonly drop: readonly string[];
}

export interface PlannedColumn {
  readonly index: number;
  /** As in the file. */
  readonly name: string;
  /** As in the output. */
  readonly as: string;
}

export interface ColumnPlan {
  readonly fields: number;
  /** Columns of the result in order; `numbers` null: the cell is copied unchanged. */
  readonly out: readonly (PlannedColumn & { readonly numbers: 'identity' | 'household' | null })[];
  readonly roster: readonly PlannedColumn[];
  readonly person: number;
  readonly household: number | null;
  /** Position of the roster's county column; null: a single roster. */
  readonly county: PlannedColumn | null;
}

/** The header and the aliases of `county` in the contracts. */
const COUNTY = new Set(['county', '县区代码', '区县代码', '县级行政区划代码', '县']);
const KINDS: readonly Sensitive[] = ['name', 'address', 'phone'];

const wrong = (message: string, fix: string): MonitorError =>
  new MonitorError('columns', message, { fix });

const clean = (name: string): string => name.replace(/[\s\u3000\ufeff]+/g, ' ').trim();

/** Finds columns by name. Other headers are never quoted: a file without header starts with a person's data. */
class Header {
  readonly names: readonly string[];

  constructor(cells: readonly string[]) {
    this.names = cells.map(clean);
    const twice = this.names.findIndex((name, at) => name !== '' && this.names.indexOf(name) < at);
    if (twice !== -1)
      throw wrong(
        `columns ${this.names.indexOf(this.names[twice] ?? '') + 1} and ${twice + 1} have the same name`,
        'leave one of them, or rename it',
      );
  }

  has(name: string): boolean {
    return this.names.includes(clean(name));
  }

  /** @throws MonitorError `columns` */
  find(wish: string, option: string): PlannedColumn {
    const split = this.has(wish) ? -1 : wish.lastIndexOf('=');
    const name = clean(split === -1 ? wish : wish.slice(0, split));
    const index = name === '' ? -1 : this.names.indexOf(name);
    if (index === -1)
      throw wrong(
        `the file has no column '${name}', which ${option} names; its header has ${this.names.length} columns`,
        'write the header exactly as in the first line of the file',
      );
    return { index, name, as: split === -1 ? name : wish.slice(split + 1).trim() || name };
  }

  ofKind(kind: Sensitive): PlannedColumn[] {
    return this.names.flatMap((name, index) =>
      sensitiveHeader(name) === kind ? [{ index, name, as: name }] : [],
    );
  }
}

/** @returns the named columns missing from these titles, as named */
export function missingColumns(titles: readonly string[], wishes: Wishes): string[] {
  const names = new Set(titles.map(clean));
  names.delete('');
  const isThere = (wish: string): boolean =>
    names.has(clean(wish)) || names.has(clean(wish.slice(0, Math.max(0, wish.lastIndexOf('=')))));
  const keep = wishes.keep.filter((wish) => !KINDS.some((kind) => kind === wish));
  return [...wishes.columns, ...wishes.households, ...keep, ...wishes.drop].filter(
    (wish) => !isThere(wish),
  );
}

function rosterColumns(
  header: Header,
  keep: readonly string[],
  taken: Set<number>,
): PlannedColumn[] {
  return keep.flatMap((wish) => {
    const kind = KINDS.find((one) => one === wish);
    if (kind === undefined || header.has(wish)) return [header.find(wish, '--keep')];
    const found = header.ofKind(kind).filter(({ index }) => !taken.has(index));
    if (found.length === 0)
      throw wrong(`no column says that it holds a ${kind}`, 'name the column by its header');
    return found.length === 1 ? found.map((column) => ({ ...column, as: kind })) : found;
  });
}

/** @throws MonitorError `columns` when a header is unclassified, duplicated or missing */
export function planColumns(cells: readonly string[], wishes: Wishes): ColumnPlan {
  const header = new Header(cells);
  const identities = wishes.columns.map((wish) => header.find(wish, '--column'));
  const households = wishes.households.map((wish) => header.find(wish, '--household-column'));
  const replaced = [...identities, ...households];
  const taken = new Set(replaced.map(({ index }) => index));
  const roster = rosterColumns(header, wishes.keep, taken);
  const dropped = wishes.drop.map((wish) => header.find(wish, '--drop'));
  const named = [...replaced, ...roster, ...dropped];
  const doubled = named.find(({ index }, at) => named.findIndex((n) => n.index === index) < at);
  if (doubled !== undefined)
    throw wrong(`the column '${doubled.name}' is named twice`, 'name each column once');
  const all = new Set(named.map(({ index }) => index));
  const unsaid = header.names.filter((name, at) => !all.has(at) && sensitiveHeader(name) !== null);
  if (unsaid.length > 0)
    throw wrong(
      `by their names these columns identify people, and nothing was said about them: ${unsaid.join(', ')}`,
      '--column or --household-column replaces a column, --keep moves it to the county’s roster, --drop leaves it out',
    );
  const [person] = identities;
  if (person === undefined) throw wrong('no column to replace was named', '--column NAME');
  const away = new Set([...roster, ...dropped].map(({ index }) => index));
  const out = header.names.flatMap((name, index) => {
    if (away.has(index)) return [];
    const found = replaced.find((column) => column.index === index);
    const numbers: 'identity' | 'household' | null =
      found === undefined ? null : identities.includes(found) ? 'identity' : 'household';
    return [{ index, name, as: found?.as ?? name, numbers }];
  });
  const clash = out.find(({ as }, at) => as !== '' && out.findIndex((one) => one.as === as) < at);
  if (clash !== undefined)
    throw wrong(`the result would have two columns '${clash.as}'`, 'give another new name');
  const county = header.names.findIndex((name) => COUNTY.has(name));
  return {
    fields: header.names.length,
    out,
    roster,
    person: person.index,
    household: households[0]?.index ?? null,
    county:
      roster.length === 0 || county === -1
        ? null
        : { index: county, name: header.names[county] ?? '', as: 'county' },
  };
}
