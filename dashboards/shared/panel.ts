/**
 * Defines dashboards: panels in places, each over one named query. Data only: `code/` converts it to Grafana's
 * JSON.
 */

export type Variable = 'province' | 'prefecture' | 'county' | 'rule' | 'source';

/** Where a cell links to: the county's dashboard, or a page of the staff application. */
export type Destination = 'county' | 'staff-county' | 'staff-rule' | 'staff-queues';

export interface Link {
  /** Column whose cells are links. */
  readonly on: string;
  readonly to: Destination;
}

/** A colour from a value upwards; the first applies from the start. */
export type Steps = readonly (readonly [from: number, colour: 'green' | 'orange' | 'red'])[];

interface Base {
  /** Unique within the dashboard, and never reused for another panel. */
  readonly id: number;
  /** Name of the query; its title is the panel's unless one is given here. */
  readonly query: string;
  readonly title?: string;
  /** Left, top, width, height; 24 columns. */
  readonly at: readonly [x: number, y: number, w: number, h: number];
}

export type Panel = Base &
  (
    | {
        readonly kind: 'table';
        /** Columns used only for links. */
        readonly hidden?: readonly string[];
        readonly links?: readonly Link[];
        readonly colours?: Readonly<Record<string, Steps>>;
      }
    /** One line per listed column. */
    | { readonly kind: 'lines'; readonly show: readonly string[] }
    /** One line per value of a column. */
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
  /** Never changed: links and bookmarks contain it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Ordered: each may depend on those before it. */
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
}
