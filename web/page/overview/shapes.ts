/** The province's counties as GeoJSON, and the position of each prefecture's name. */
import type { CountyAnswer } from '../../api.ts';
import { shortPrefecture } from '../common/short-prefecture.ts';

type Position = readonly number[];

interface CountyShape {
  readonly type: 'Feature';
  readonly properties: { readonly code: string; readonly name: string };
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
    | {
        readonly type: 'MultiPolygon';
        readonly coordinates: readonly (readonly (readonly Position[])[])[];
      };
}

/** GET /api/map */
export interface CountyShapes {
  readonly type: 'FeatureCollection';
  readonly features: readonly CountyShape[];
}

interface Sum {
  x: number;
  y: number;
  area: number;
}

/** Adds a ring's area and its area-weighted centre. */
function addRing(sum: Sum, ring: readonly Position[]): void {
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach((point, index) => {
    const next = ring[(index + 1) % ring.length] ?? point;
    const [ax = 0, ay = 0] = point;
    const [bx = 0, by = 0] = next;
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += ((ax + bx) * cross) / 6;
    y += ((ay + by) * cross) / 6;
  });
  const sign = Math.sign(area);
  sum.area += area * sign;
  sum.x += x * sign;
  sum.y += y * sign;
}

export interface PrefectureLabel {
  readonly name: string;
  readonly at: readonly [number, number];
}

/** @returns the centre of each prefecture's counties; 88 county names would not fit on the map, nine do */
export function prefectureLabels(
  shapes: CountyShapes,
  counties: readonly Pick<CountyAnswer, 'code' | 'prefecture'>[],
): PrefectureLabel[] {
  const prefectures = new Map(counties.map(({ code, prefecture }) => [code, prefecture]));
  const sums = new Map<string, Sum>();
  for (const { properties, geometry } of shapes.features) {
    const name = prefectures.get(properties.code);
    if (name === undefined) continue;
    const sum = sums.get(name) ?? { x: 0, y: 0, area: 0 };
    sums.set(name, sum);
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const [outer] of polygons) addRing(sum, outer ?? []);
  }
  return [...sums]
    .filter(([, { area }]) => area > 0)
    .map(([name, { x, y, area }]) => ({ name: shortPrefecture(name), at: [x / area, y / area] }));
}
