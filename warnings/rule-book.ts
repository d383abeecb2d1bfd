/** All rules and parameters of a home, loaded and checked once. A wrong rule stops before any work. */
import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { MonitorError } from '../core/errors.ts';
import { canonicalJson, sha256 } from '../core/hash.ts';
import type { Parameter } from '../core/parameter.ts';
import { readYaml } from '../core/yaml.ts';
import { checkRule, mentionsOf } from './check.ts';
import { FIELDS } from './fields.ts';
import { loadParameters, type ParameterBook } from './parameters.ts';
import { ruleSchema, type Rule } from './schema.ts';

export interface RuleBook {
  /** In the order of their ids. */
  readonly rules: readonly Rule[];
  readonly parameters: ParameterBook;
}

const folder = new URL('../rules/catalogue/', import.meta.url);

/** @throws MonitorError `rule` with the file and the place in it */
export function loadRules(parameters: ParameterBook): Rule[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const result = ruleSchema.safeParse(
        readYaml(new URL(file, folder), `rules/catalogue/${file}`, 'rule'),
      );
      if (!result.success)
        throw new MonitorError('rule', `rules/catalogue/${file}: ${z.prettifyError(result.error)}`);
      const rule: Rule = result.data;
      if (`${rule.id}.yaml` !== file)
        throw new MonitorError('rule', `rules/catalogue/${file}: its id is '${rule.id}'`);
      checkRule(rule, parameters.definitions);
      return rule;
    });
}

export function loadRuleBook(own: readonly Parameter[]): RuleBook {
  const parameters = loadParameters(own);
  return { rules: loadRules(parameters), parameters };
}

/** Shipped production rules are in force in a new home (contracts.md section 3). */
export function rulesInForce(book: RuleBook): Rule[] {
  return book.rules.filter(({ maturity }) => maturity === 'production');
}

/** Extracts (`agency/dataset`, with `@previous` for the month before) that a rule cannot do without. */
export function needsOf(rule: Rule): string[] {
  const reads = mentionsOf(rule.when).fields.flatMap((name) => FIELDS.get(name)?.reads ?? []);
  return [...new Set([...rule.needs, ...reads])].sort();
}

/** Extracts whose absence only makes the rule see fewer. */
export function narrowsOf(rule: Rule): string[] {
  const narrows = mentionsOf(rule.when).fields.flatMap((name) => FIELDS.get(name)?.narrows ?? []);
  const needs = needsOf(rule);
  return [...new Set(narrows)].filter((source) => !needs.includes(source)).sort();
}

/** Digest of what decides whether a rule fires. */
export function meaningOf(rule: Rule): string {
  const { id, subject, when, needs } = rule;
  return sha256(canonicalJson({ id, subject, when, needs }));
}
