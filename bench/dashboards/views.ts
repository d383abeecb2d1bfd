/** Which dashboards viewers open, for which region and months, with which rights. The same in each run. */
import type { Divisions } from '../../core/region.ts';
import { loadDashboards } from '../../dashboards/code/all.ts';

export interface View {
  readonly dashboard: string;
  readonly region: string;
  /** First month; the last is the newest. */
  readonly from: string;
  /** A reader within civil affairs; others get rounded counts. */
  readonly exact: boolean;
}

/** The next view that a viewer opens. */
export type Views = (viewer: number) => View;

/** Numbers from 0 to 1, the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const NAMES = [...(await loadDashboards()).keys()];
const WHOLE = 'all';
/** A dashboard's default range: thirteen months. */
const FROM = '2024-12';

function regionsOf({ counties }: Divisions): string[] {
  const prefectures = new Set(counties.map(({ code, parent }) => parent ?? code));
  return [WHOLE, ...prefectures, ...counties.map(({ code }) => code)];
}

/** All possible views in random order, each once. */
export function everyViewOnce(divisions: Divisions): Views {
  const next = dice(6);
  const all = [true, false].flatMap((exact) =>
    regionsOf(divisions).flatMap((region) =>
      NAMES.map((dashboard) => ({ view: { dashboard, region, from: FROM, exact }, place: next() })),
    ),
  );
  all.sort((a, b) => a.place - b.place);
  let opened = 0;
  return () => {
    const one = all[opened % all.length];
    if (one === undefined) throw new Error('nothing to open');
    opened += 1;
    return one.view;
  };
}

/**
 * One in five viewers is province staff, on the whole province half of the time and anywhere else otherwise; the rest
 * view their own region.
 */
export function officeViews(divisions: Divisions, viewers: number): Views {
  const regions = regionsOf(divisions);
  const each = Array.from({ length: viewers }, (_, viewer) => {
    const next = dice(viewer + 1);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const own = pick(divisions.counties).code;
    return (): View => ({
      dashboard: pick(NAMES),
      region: viewer % 5 > 0 ? own : next() < 0.5 ? WHOLE : pick(regions),
      from: FROM,
      exact: viewer % 2 === 0,
    });
  });
  return (viewer) => {
    const view = each[viewer % viewers];
    if (view === undefined) throw new Error('unknown viewer');
    return view();
  };
}
