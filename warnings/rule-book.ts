/** All rules and parameters of a home, loaded and checked once. A faulty rule is refused before any work. */
import { readdirSync } from 'node:fs';
import { MonitorError } from '../core/errors.ts';
import type { Field } from '../core/field.ts';
import { canonicalJson, sha256 } from '../core/hash.ts';
import type { Parameter } from '../core/parameter.ts';
import { faultsOf } from '../core/schema-faults.ts';
import { openYaml } from '../core/yaml.ts';
import { checkRule, mentionsOfRule, namedBy } from './check.ts';
import { withDerived } from './derived.ts';
import { catalogueOf, type Fields } from './fields.ts';
import { loadParameters, type ParameterBook } from './parameters.ts';
import {
  aboutPeople,
  aboutWork,
  CONDITION_WORDS,
  EXAMPLE_WORDS,
  RULE_WORDS,
  ruleSchema,
  VALUE_WORDS,
  type Judged,
  type PeopleRule,
  type Rule,
  type WorkRule,
} from './schema.ts';
import { loadReasons, loadSegments } from './segment-book.ts';
import type { UncoveredReason, Segment } from './segment-schema.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface RuleBook {
  /** In the order of their ids. */
  readonly rules: readonly Rule[];
  /** Groups of homes that are counted and listed without opening leads. */
  readonly segments: readonly Segment[];
  /** Apparent reasons, from a home's figures, against including it. */
  readonly reasons: readonly UncoveredReason[];
  readonly parameters: ParameterBook;
  readonly vocabulary: Vocabulary;
  /** Rules of maturity `trial` enabled in this home. */
  readonly tried: ReadonlySet<string>;
}

/** A home's own settings for rules (doudi.yaml). */
export interface OwnRules {
  readonly parameters: readonly Parameter[];
  readonly trial: readonly string[];
  /** The home's own divisions file. */
  readonly divisions?: string | undefined;
}

const folder = new URL('../rules/catalogue/', import.meta.url);

const WORDS = [...CONDITION_WORDS, ...VALUE_WORDS, ...EXAMPLE_WORDS];

/** Keys allowed at a place in a rule file. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const [top] = path;
  if (top === undefined) return RULE_WORDS;
  if (top === 'watch') return ['ahead', 'dates', 'on', 'title', 'title_en', ...VALUE_WORDS];
  return top === 'basis' ? ['doc', 'clause'] : WORDS;
}

/**
 * @param name the file's name in messages; its last part is the rule's id
 * @throws MonitorError `rule` with file and line of the fault, and what was probably meant
 */
export function readRule(path: URL, name: string, vocabulary: Vocabulary): Rule {
  const file = openYaml(path, name, 'rule');
  const result = ruleSchema.safeParse(file.value);
  if (!result.success)
    throw new MonitorError(
      'rule',
      `${name}, ${faultsOf(result.error, file, knownKeys).join('; ')}`,
    );
  const rule: Rule = result.data;
  if (!name.endsWith(`/${rule.id}.yaml`))
    throw new MonitorError('rule', `${name}, line ${file.lineAt(['id'])}: its id is '${rule.id}'`);
  checkRule(rule, vocabulary, file);
  return rule;
}

function loadRules(vocabulary: Vocabulary): Rule[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((file) => readRule(new URL(file, folder), `rules/catalogue/${file}`, vocabulary));
}

type ShippedRules = Pick<RuleBook, 'rules' | 'segments' | 'reasons' | 'vocabulary'>;

function readShipped(
  listed: readonly Field[],
  definitions: Vocabulary['definitions'],
): ShippedRules {
  const plain = { fields: catalogueOf(listed), definitions };
  const rules = loadRules(plain);
  const segments = loadSegments(plain);
  const reasons = loadReasons(plain, segments);
  const named = [...rules, ...segments, ...reasons].flatMap(namedBy);
  const vocabulary = { ...plain, fields: withDerived(plain.fields, named) };
  return { rules, segments, reasons, vocabulary };
}

/** Read once per process and list of fields, as the shipped figures are (parameters.ts). */
const shippedRules = new WeakMap<readonly Field[], ShippedRules>();

/**
 * @param own the home's own figures, and its trial rules
 * @param listed every field that rules may use
 * @throws MonitorError `rule` for a wrong rule file, `config` for an unknown trial rule
 */
export function loadRuleBook(own: OwnRules, listed: readonly Field[]): RuleBook {
  const parameters = loadParameters(own.parameters, own.divisions);
  const shipped = shippedRules.get(listed) ?? readShipped(listed, parameters.definitions);
  shippedRules.set(listed, shipped);
  const known = shipped.rules.filter(({ maturity }) => maturity === 'trial').map(({ id }) => id);
  for (const id of own.trial)
    if (!known.includes(id))
      throw new MonitorError('config', `doudi.yaml: there is no trial rule '${id}'`, {
        fix: `trial takes ${known.join(', ') || 'nothing yet'}`,
      });
  return { ...shipped, parameters, tried: new Set(own.trial) };
}

/**
 * Shipped production rules are in force in a new home (contracts.md section 3). Trial rules are evaluated in homes
 * that name them, and open no leads.
 */
function allInForce({ rules, tried }: RuleBook): Rule[] {
  return rules.filter(
    ({ id, maturity }) => maturity === 'production' || (maturity === 'trial' && tried.has(id)),
  );
}

/** The rules about people: those of the monthly run. */
export function rulesInForce(book: RuleBook): PeopleRule[] {
  return allInForce(book).filter(aboutPeople);
}

/** The rules about the offices' work, which are evaluated for a day. */
export function workRulesInForce(book: RuleBook): WorkRule[] {
  return allInForce(book).filter(aboutWork);
}

/** Extracts (`agency/dataset`, with `@1` for the month before) that a rule requires. */
export function needsOf(rule: Judged, fields: Fields): string[] {
  const reads = mentionsOfRule(rule).fields.flatMap((name) => fields.get(name)?.reads ?? []);
  return [...new Set([...rule.needs, ...reads])].sort();
}

/** Extracts whose absence only makes the rule find fewer subjects. */
export function narrowsOf(rule: Judged, fields: Fields): string[] {
  const narrows = mentionsOfRule(rule).fields.flatMap((name) => fields.get(name)?.narrows ?? []);
  const needs = needsOf(rule, fields);
  return [...new Set(narrows)].filter((source) => !needs.includes(source)).sort();
}

/** Digest of everything that decides whether a rule fires or who is in a segment. */
export function meaningOf({ id, subject, when, needs, watch, covered }: Judged): string {
  return sha256(
    canonicalJson({
      id,
      subject,
      when,
      needs,
      ...(watch === undefined ? {} : { watch }),
      ...(covered === undefined ? {} : { covered }),
    }),
  );
}

/** Digest of the rules and figures used by a run. */
export function ruleSetDigest(rules: readonly Rule[], { parameters }: RuleBook): string {
  return sha256(
    canonicalJson({
      rules: rules.map((rule) => ({
        id: rule.id,
        version: rule.version,
        maturity: rule.maturity,
        meaning: meaningOf(rule),
      })),
      parameters: parameters.tiers,
    }),
  );
}
