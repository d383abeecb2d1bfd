import { z } from 'zod';
import { defineAction } from '../action.ts';
import { township } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { notReceiving } from '../gates/receiving.ts';

export default defineAction({
  title: '接收移交',
  who: ['county_civil_affairs'],
  from: ['handed_off'],
  order: { listed: 330, offered: 10 },
  form: z.strictObject({ township }),
  gate: ({ handOff }, { form, actor }) => {
    if (actor.region !== handOff?.county) return notReceiving;
    return form.township.startsWith(handOff.county)
      ? null
      : gate('township', '乡镇（街道）不在迁入县', 'the township is not in the receiving county');
  },
  // The receiving county starts over: its own visit, its own people, its own posting in the village.
  change: ({ handOff, county }, { form, day }) => ({
    county: handOff?.county ?? county,
    township: form.township,
    handOff: null,
    taken: null,
    visit: null,
    startedOver: day,
    opinion: null,
    posted: null,
    investigators: [],
    reviewers: [],
  }),
  byReceivingCounty: true,
});
