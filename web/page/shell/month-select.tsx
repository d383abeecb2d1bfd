/** The months that have been run, newest first, with buttons for the previous and the next one. */
import { useNavigation } from '../place/use-place.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/words.ts';

interface Props {
  /** Ascending. */
  readonly months: readonly string[];
  readonly month: string;
}

export function MonthSelect({ months, month }: Props) {
  const words = useWords();
  const format = useFormat();
  const { go, here } = useNavigation();
  // A link may name a month that was never run: it stays selected, and the screen shows the server's message.
  const known = months.includes(month) ? months : [...months, month].sort();
  const index = known.indexOf(month);
  const choose = (chosen: string | undefined): void => {
    // Another month has other pages.
    if (chosen !== undefined) go(here({ month: chosen, page: '' }));
  };
  const step = (target: string | undefined, label: string, sign: string) => (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={target === undefined}
      onClick={() => {
        choose(target);
      }}
    >
      {sign}
    </button>
  );
  return (
    <div className="month-select">
      {step(index > 0 ? known[index - 1] : undefined, words.older, '‹')}
      <select
        data-testid="month"
        aria-label={words.month}
        value={month}
        onChange={(event) => {
          choose(event.target.value);
        }}
      >
        {[...known].reverse().map((value) => (
          <option key={value} value={value}>
            {format.month(value)}
          </option>
        ))}
      </select>
      {step(known[index + 1], words.newer, '›')}
    </div>
  );
}
