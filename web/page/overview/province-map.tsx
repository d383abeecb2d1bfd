/** The province, its counties coloured by open leads; a click opens the county's queue. */
import { useMemo } from 'react';
import type { CountyAnswer } from '../../api.ts';
import { Chart, registerMap } from '../common/chart.tsx';
import { useNavigation } from '../place/use-place.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { classesOf } from './classes.ts';
import { MapLegend } from './map-legend.tsx';
import { mapOption } from './map-option.ts';
import { prefectureLabels, type CountyShapes } from './shapes.ts';

const MAP = 'province';

interface Props {
  readonly shapes: CountyShapes;
  readonly counties: readonly CountyAnswer[];
}

export default function ProvinceMap({ shapes, counties }: Props) {
  const words = useWords();
  const format = useFormat();
  const { go, to } = useNavigation();
  // The library needs its map registered by name before the first drawing.
  useMemo(() => {
    registerMap(MAP, JSON.stringify(shapes));
  }, [shapes]);
  const labels = useMemo(() => prefectureLabels(shapes, counties), [shapes, counties]);
  const classes = useMemo(() => classesOf(counties.map(({ open }) => open)), [counties]);
  const option = useMemo(
    () => mapOption(MAP, counties, labels, classes, words, format),
    [counties, labels, classes, words, format],
  );
  return (
    <>
      <Chart
        option={option}
        label={words.map.label}
        className="map"
        testid="map"
        onPick={(code) => {
          if (counties.some((county) => county.code === code)) {
            go(to({ screen: 'county', county: code }));
          }
        }}
      />
      <MapLegend classes={classes} />
    </>
  );
}
