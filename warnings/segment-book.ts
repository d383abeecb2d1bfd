/** Segments and the reasons of their ledger, loaded and checked once, in the order of their ids. */
import { readdirSync } from 'node:fs';
import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import { MonitorError } from '../core/errors.ts';
import { faultsOf } from '../core/schema-faults.ts';
import { openYaml } from '../core/yaml.ts';
import { checkRule } from './check.ts';
import { CONDITION_WORDS, VALUE_WORDS } from './schema.ts';
import {
  MEMBER_WORDS,
  REASON_WORDS,
  reasonSchema,
  SEGMENT_WORDS,
  segmentSchema,
  type UncoveredReason,
  type Segment,
} from './segment-schema.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Kind<T> {
  readonly folder: 'segments' | 'reasons';
  readonly schema: z.ZodType<T>;
  readonly words: readonly string[];
}

const SEGMENTS: Kind<Segment> = {
  folder: 'segments',
  schema: segmentSchema,
  words: SEGMENT_WORDS,
};
const REASONS: Kind<UncoveredReason> = {
  folder: 'reasons',
  schema: reasonSchema,
  words: REASON_WORDS,
};

const WORDS = [...CONDITION_WORDS, ...VALUE_WORDS, ...MEMBER_WORDS];

/**
 * @param name the file's name in messages; its last part is the id
 * @param also an additional check, which returns the fault, its place, and what was probably meant
 * @throws MonitorError `segment` with file and line of the fault, and what was probably meant
 */
function read<T extends Segment | UncoveredReason>(
  path: URL,
  name: string,
  { schema, words }: Kind<T>,
  vocabulary: Vocabulary,
  also: (judged: T) => { path: readonly PropertyKey[]; message: string; fix: string } | null,
): T {
  const file = openYaml(path, name, 'segment');
  const result = schema.safeParse(file.value);
  const known = ([top]: readonly PropertyKey[]): readonly string[] =>
    top === undefined ? words : top === 'basis' ? ['doc', 'clause'] : WORDS;
  if (!result.success)
    throw new MonitorError('segment', `${name}, ${faultsOf(result.error, file, known).join('; ')}`);
  const judged = result.data;
  if (!name.endsWith(`/${judged.id}.yaml`))
    throw new MonitorError(
      'segment',
      `${name}, line ${file.lineAt(['id'])}: its id is '${judged.id}'`,
    );
  checkRule(judged, vocabulary, file);
  const fault = also(judged);
  if (fault !== null)
    throw new MonitorError(
      'segment',
      `${name}, line ${file.lineAt(fault.path)}: ${fault.message}`,
      { fix: fault.fix },
    );
  return judged;
}

function load<T extends Segment | UncoveredReason>(
  kind: Kind<T>,
  vocabulary: Vocabulary,
  also: Parameters<typeof read<T>>[4],
): T[] {
  const folder = new URL(`../rules/${kind.folder}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) =>
      read(new URL(file, folder), `rules/${kind.folder}/${file}`, kind, vocabulary, also),
    );
}

export function loadSegments(vocabulary: Vocabulary): Segment[] {
  return load(SEGMENTS, vocabulary, () => null);
}

/** @param segments those that a reason may name */
export function loadReasons(
  vocabulary: Vocabulary,
  segments: readonly Segment[],
): UncoveredReason[] {
  const ids = segments.map(({ id }) => id);
  return load(REASONS, vocabulary, ({ of }) => {
    const at = of.findIndex((id) => !ids.includes(id));
    const wrong = of[at];
    return wrong === undefined
      ? null
      : {
          path: ['of', at],
          message: `there is no segment '${wrong}'`,
          fix: `did you mean '${closest(wrong, ids)}'?`,
        };
  });
}
