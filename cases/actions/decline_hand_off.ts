import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note } from '../fields.ts';
import { notReceiving } from '../gates/receiving.ts';

export default defineAction({
  title: '不接收移交',
  who: ['county_civil_affairs'],
  from: ['handed_off'],
  order: { listed: 340, offered: 20 },
  form: z.strictObject({ reason: note }),
  gate: ({ handOff }, { actor }) => (actor.region === handOff?.county ? null : notReceiving),
  change: () => ({ handOff: null }),
  byReceivingCounty: true,
});
