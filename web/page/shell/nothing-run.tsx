/** The first thing a new office sees: what to do. */
import { Typography } from 'antd';
import { useWords } from '../words/words.ts';

export function NothingRun() {
  const { empty, lead } = useWords();
  return (
    <section className="panel nothing-run" data-testid="nothing-run">
      <h1>{empty.title}</h1>
      <p>{empty.advice}</p>
      <Typography.Text
        code
        className="command"
        copyable={{ text: empty.command, tooltips: [lead.copy, lead.copied] }}
      >
        {empty.command}
      </Typography.Text>
    </section>
  );
}
