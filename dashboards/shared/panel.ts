/** What a dashboard is made of: panels in places, each over one named query. Data only: `code/` makes Grafana's JSON of it. */

export type Variable = 'province' | 'prefecture' | 'county' | 'rule' | 'source';

/** Where a cell leads: the county's dashboard, or a page of the staff application. */
export type Destination = 'county' | 'staff-county' | 'staff-rule' | 'staff-queues';

export interface Link {
  /** Column whose cells are links. */
  readonly on: string;
  readonly to: Destination;
}

/** From a value on, a colour; the first counts from the beginning. */
export type Steps = readonly (readonly [from: number, colour: 'green' | 'orange' | 'red'])[];

interface Base {
  /** One of its own within the dashboard, never given to another panel. */
  readonly id: number;
  /** Name of the query; its title is the panel's unless there is one here. */
  readonly query: string;
  readonly title?: string;
  /** Left, top, width, height; 24 columns. */
  readonly at: readonly [x: number, y: number, w: number, h: number];
}

export type Panel = Base &
  (
    | {
        readonly kind: 'table';
        /** Columns that are there for links only. */
        readonly hidden?: readonly string[];
        readonly links?: readonly Link[];
        readonly colours?: Readonly<Record<string, Steps>>;
      }
    /** One line for each of these columns. */
    | { readonly kind: 'lines'; readonly show: readonly string[] }
    /** One line for each value of a column. */
    | {
        readonly kind: 'series';
        readonly by: string;
        readonly value: string;
        readonly stacked?: boolean;
      }
    | { readonly kind: 'bars'; readonly x: string; readonly value: string }
    | { readonly kind: 'figures'; readonly show: readonly string[] }
    /** Counties coloured by a column; it needs `county` and `county_name`. */
    | { readonly kind: 'map'; readonly value: string }
    | {
        readonly kind: 'matrix';
        readonly row: string;
        readonly column: string;
        readonly value: string;
      }
  );

export interface Dashboard {
  /** Never changed: links and bookmarks hold it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** In their order: each may depend on those before it. */
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
}
