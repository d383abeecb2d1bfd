import { z } from 'zod';
import { defineAction } from '../action.ts';
import { digest, number } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '补齐先行救助手续',
  who: ['township_officer'],
  from: [...BEFORE_END, 'papers_due', 'handed_off'],
  order: { listed: 300, offered: 70 },
  form: z.strictObject({ number, papers: z.array(digest).min(1).max(20) }),
  gate: ({ aid }) => {
    if (aid === null) return gate('no-aid', '没有先行救助', 'no first aid was given');
    return aid.papers ? gate('papers', '手续已补齐', 'the papers are there') : null;
  },
  change: ({ aid }) => ({ aid: aid === null ? null : { ...aid, papers: true } }),
});
