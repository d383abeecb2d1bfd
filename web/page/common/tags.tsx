/** Small labels with the same meaning on every screen. Colour never adds anything to the word. */
import type { QueueLeadAnswer } from '../../api.ts';
import { useWords } from '../words/words.ts';

/** Only the first two priorities have a colour: what is always coloured is soon overlooked. */
const PRIORITY_TONES: Readonly<Record<number, string>> = { 1: 'danger', 2: 'caution' };

export function PriorityTag({ priority }: { readonly priority: number }) {
  const words = useWords();
  const tone = PRIORITY_TONES[priority] ?? 'plain';
  return <span className={`tag ${tone}`}>{words.priority(String(priority))}</span>;
}

export function DirectionTag({ direction }: { readonly direction: QueueLeadAnswer['direction'] }) {
  return <span className="tag outline">{useWords().direction[direction]}</span>;
}

const DELIVERY_TONES = {
  waiting: 'plain',
  delivered: 'good',
  dead: 'danger',
} as const satisfies Record<QueueLeadAnswer['delivery'], string>;

export function DeliveryTag({ delivery }: { readonly delivery: QueueLeadAnswer['delivery'] }) {
  return <span className={`tag ${DELIVERY_TONES[delivery]}`}>{useWords().delivery[delivery]}</span>;
}

export function StatusTag({ status }: { readonly status: QueueLeadAnswer['status'] }) {
  return (
    <span className={status === 'open' ? 'tag accent' : 'tag plain'}>
      {useWords().status[status]}
    </span>
  );
}
