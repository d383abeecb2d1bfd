import type { Command, Verb } from '../command.ts';
import { BY, option, required } from '../options.ts';

const EXPIRES = option('--expires <DAY>', 'the last day it is valid');
const work = () => import('../tasks/accounts.ts');

const list: Verb = {
  summary: 'lists all accounts: created, valid until, last sign-in',
  run: async (invocation) => (await work()).list(invocation),
};

export default {
  name: 'accounts',
  summary: 'who may sign in: makes, lists, closes and resets accounts, gives tokens to programs',
  usual: 'list',
  verbs: {
    list,
    add: {
      summary: 'makes an account and prints its one-time password',
      words: ['<name>'],
      options: [
        required('--role <ROLE>', 'what it may do (docs/accounts.md)', 'township_officer'),
        required('--region <CODE>', 'where it may do it', '520102001'),
        EXPIRES,
        BY,
      ],
      run: async (invocation) => (await work()).add(invocation),
    },
    close: {
      summary: 'ends an account, its sessions and its tokens',
      words: ['<name>'],
      options: [BY],
      run: async (invocation) => (await work()).close(invocation),
    },
    reset: {
      summary: 'gives an account a new one-time password and second factor',
      words: ['<name>'],
      options: [BY],
      run: async (invocation) => (await work()).reset(invocation),
    },
    token: {
      summary: 'makes a token for a program that acts for an account',
      words: ['<name>'],
      options: [required('--for <WHAT>', 'the program', '"the county\'s own system"'), EXPIRES, BY],
      run: async (invocation) => (await work()).token(invocation),
    },
  },
} satisfies Command;
