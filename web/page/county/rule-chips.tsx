/** The rules on a card: ids, with titles where there is room, and always on hover. */
import { Tooltip } from 'antd';

interface Props {
  readonly rules: readonly string[];
  readonly titles: ReadonlyMap<string, string>;
}

export function RuleChips({ rules, titles }: Props) {
  return (
    <span className="chips">
      {rules.map((id) => (
        <Tooltip key={id} title={titles.get(id)}>
          <span className="chip">
            <b>{id}</b>
            <span className="chip-title">{titles.get(id)}</span>
          </span>
        </Tooltip>
      ))}
    </span>
  );
}
