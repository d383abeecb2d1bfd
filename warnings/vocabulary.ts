/** The vocabulary of rules, needed for checking, running and explaining them. */
import type { Fields } from './fields.ts';
import type { ParameterDefinition } from './parameters.ts';

export interface Vocabulary {
  readonly fields: Fields;
  readonly definitions: ReadonlyMap<string, ParameterDefinition>;
}
