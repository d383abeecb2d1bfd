/** Maps a folder of deliveries to its entry in doudi.yaml, so that whoever delivered there gets the answer there. */
import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { folderOf } from '../../transport/gather.ts';
import type { AnswerSetting } from '../../core/answer.ts';
import type { Config } from '../../core/config.ts';
import type { Source } from '../../core/sources.ts';
import type { Store } from '../../store/store.ts';

/** The inbox as an origin; no source can have this name. */
const INBOX = '(inbox)';

export interface Origin {
  readonly name: string;
  readonly answer: AnswerSetting | null;
  /** Where it takes files: a local folder or a server. */
  readonly place: { readonly kind: 'folder'; readonly path: string } | Source;
}

/** Where a run takes its deliveries from. */
export interface TakenFrom {
  readonly config: Config;
  /** null: it takes in nothing. */
  readonly inbox: string | null;
  readonly store: Pick<Store, 'home'>;
}

export function originsOf({ inbox, inboxAnswer, sources }: Config): Origin[] {
  return [
    ...(inbox === undefined
      ? []
      : [{ name: INBOX, answer: inboxAnswer, place: { kind: 'folder' as const, path: inbox } }]),
    ...sources.map((source) => ({ name: source.name, answer: source.answer, place: source })),
  ];
}

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));

/** @returns null for a folder not in doudi.yaml, such as one named on the command line */
export function originOf({ config, inbox, store }: TakenFrom): string | null {
  if (inbox === null) return null;
  const own = real(inbox);
  const at = ({ place }: Origin): string =>
    'name' in place ? folderOf(place, store.home.root) : place.path;
  return originsOf(config).find((origin) => real(at(origin)) === own)?.name ?? null;
}
