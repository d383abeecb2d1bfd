/** A pseudonym: 32 hex digits that nobody reads, shortened, with a button that copies the whole. */
import { Typography } from 'antd';
import { useWords } from '../words/words.ts';

export function shorten(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}

export function ShortId({ id }: { readonly id: string }) {
  const { lead } = useWords();
  return (
    <Typography.Text
      className="identifier"
      title={id}
      copyable={{ text: id, tooltips: [lead.copy, lead.copied] }}
    >
      {shorten(id)}
    </Typography.Text>
  );
}
