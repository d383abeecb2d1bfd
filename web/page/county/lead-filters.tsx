/** Filters of the queue. The choice is kept in the address, so that the link can be sent. */
import { Button, Select } from 'antd';
import { useNarrow } from '../common/use-width.ts';
import { useNavigation } from '../place/use-place.ts';
import { useWords } from '../words/words.ts';
import { FILTERS } from './filter.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What is shown when nothing is chosen. */
const DEFAULTS: Partial<Record<(typeof FILTERS)[number], string>> = {
  status: 'open',
  order: 'priority',
};

function optionsOf(labels: Readonly<Record<string, string>>): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}

/** @param titles rule id → title */
export function LeadFilters({ titles }: { readonly titles: ReadonlyMap<string, string> }) {
  const words = useWords();
  const { query, go, here } = useNavigation();
  const narrow = useNarrow();
  const options: Readonly<Record<(typeof FILTERS)[number], Option[]>> = {
    direction: optionsOf(words.direction),
    priority: ['1', '2', '3', '4'].map((value) => ({ value, label: words.priority(value) })),
    rule: [...titles]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([id, title]) => ({ value: id, label: `${id} ${title}` })),
    status: optionsOf(words.status),
    order: optionsOf(words.order),
  };
  const labels = {
    direction: words.rules.direction,
    priority: words.rules.priority,
    rule: words.rules.rule,
    status: words.leads.status,
    order: words.leads.order,
  };
  return (
    <div className="filters" role="group" aria-label={words.leads.filters}>
      {FILTERS.map((name) => (
        <Select<string>
          key={name}
          className={`filter-${name}`}
          data-testid={`filter-${name}`}
          aria-label={labels[name]}
          placeholder={labels[name]}
          options={options[name]}
          value={query[name] ?? DEFAULTS[name] ?? null}
          allowClear={!(name in DEFAULTS)}
          showSearch={name === 'rule' && { optionFilterProp: 'label' }}
          popupMatchSelectWidth={narrow}
          onChange={(value: string | undefined) => {
            go(here({ [name]: value ?? '', page: '' }));
          }}
        />
      ))}
      {FILTERS.some((name) => query[name] !== undefined) ? (
        <Button
          type="link"
          onClick={() => {
            go(here({ direction: '', priority: '', rule: '', status: '', order: '', page: '' }));
          }}
        >
          {words.leads.clear}
        </Button>
      ) : null}
    </div>
  );
}
