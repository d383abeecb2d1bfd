/** The county's situation this month, in one line. */
import type { CountyAnswer } from '../../api.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

export function CountyFigures({ county }: { readonly county: CountyAnswer }) {
  const words = useWords();
  const { count } = useFormat();
  const entries: [string, number][] = [
    [words.county.open, county.open],
    [words.county.opened, county.opened],
    ...county.by_priority.map((n, index): [string, number] => [
      words.priority(String(index + 1)),
      n,
    ]),
    [words.county.warnings, county.warnings],
  ];
  return (
    <dl className="strip">
      {entries.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{count(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
