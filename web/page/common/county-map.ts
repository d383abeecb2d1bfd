/** Shared by all maps of counties: the shapes, names on it, and the box of figures under the pointer. */
import { INK } from '../style/theme.ts';

/** Cosine of 27° north: counties keep their true shape. */
const ASPECT = 0.89;

/** Built as elements, never as markup: any content of a name stays text. */
export function figuresBox(
  title: string,
  lines: readonly (readonly [label: string, figure: string])[],
): HTMLElement {
  const box = document.createElement('div');
  const head = document.createElement('strong');
  head.textContent = title;
  box.append(head);
  for (const [label, text] of lines) {
    const line = document.createElement('div');
    line.className = 'tip-line';
    const name = document.createElement('span');
    name.textContent = label;
    const figure = document.createElement('b');
    figure.textContent = text;
    line.append(name, figure);
    box.append(line);
  }
  return box;
}

/** @param boxOf the box of a county by its code; null: nothing to show */
export function mapTooltip(boxOf: (code: string) => HTMLElement | null) {
  return {
    trigger: 'item' as const,
    confine: true,
    formatter: (hovered: unknown) =>
      boxOf((hovered as { readonly name?: string }).name ?? '') ?? '',
  };
}

/** @param map name of the registered shapes; they are found by their `code` */
export function countyGeo(map: string) {
  return {
    map,
    nameProperty: 'code',
    aspectScale: ASPECT,
    preserveAspect: true,
    itemStyle: { areaColor: '#f2f4f7', borderColor: '#ffffff', borderWidth: 1 },
    emphasis: {
      label: { show: false },
      itemStyle: { areaColor: '#f4c775', borderColor: INK, borderWidth: 1.2 },
    },
    select: { disabled: true },
  };
}

/** Names on the map, above its shapes. */
export function namesOnMap(
  labels: readonly { readonly name: string; readonly at: readonly [number, number] }[],
  fontSize: number,
) {
  return {
    type: 'scatter' as const,
    coordinateSystem: 'geo' as const,
    silent: true,
    symbolSize: 0,
    data: labels.map(({ name, at }) => ({ name, value: [...at] })),
    label: {
      show: true,
      formatter: '{b}',
      color: INK,
      fontSize,
      fontWeight: 600,
      textBorderColor: '#ffffff',
      textBorderWidth: 3,
    },
  };
}
