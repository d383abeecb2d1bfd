/** The names that rules are written in: checking, running and explaining a rule all need to know what they mean. */
import type { Fields } from './fields.ts';
import type { ParameterDefinition } from './parameters.ts';

export interface Vocabulary {
  readonly fields: Fields;
  readonly definitions: ReadonlyMap<string, ParameterDefinition>;
}
