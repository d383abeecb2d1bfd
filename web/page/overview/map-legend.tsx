/** Meaning of the map's colours. Outside the drawing: on a phone it would cover the counties. */
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';
import { describeClass, type CountClass } from './classes.ts';

export function MapLegend({ classes }: { readonly classes: readonly CountClass[] }) {
  const { map } = useWords();
  const format = useFormat();
  return (
    <div className="legend">
      <span>{map.legend}</span>
      <ul>
        {classes.map((entry) => (
          <li key={entry.min}>
            <i style={{ background: entry.color }} />
            {describeClass(entry, format)}
          </li>
        ))}
      </ul>
      <span className="legend-note">{map.unofficial}</span>
    </div>
  );
}
