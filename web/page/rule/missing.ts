/** What a rule lacked, in everyday terms. */
import type { SourceAnswer } from '../../api.ts';
import type { Words } from '../words/zh.ts';

/** @param missing `education/enrolment` or `parameter dibao-standard` */
export function nameMissing(
  missing: string,
  sources: readonly SourceAnswer[],
  words: Words,
): string {
  const [kind, name] = missing.split(' ');
  if (kind === 'parameter' && name !== undefined) return words.rules.parameter(name);
  const source = sources.find(({ agency, dataset }) => `${agency}/${dataset}` === missing);
  return source?.title ?? missing;
}
