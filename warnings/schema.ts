/**
 * What a rule file may say (rules/catalogue/<ID>.yaml). Three layers: this is what people write; `check.ts`
 * resolves names and types; `compile.ts` and `interpret.ts` run it.
 */
import { z } from 'zod';
import { WORK_SUBJECTS, type WorkSubject } from '../core/field.ts';
import { PARAMETER_TYPES, typeOfUnit, UNITS } from '../core/parameter.ts';

export type Literal = number | boolean | string;

/**
 * A value: a literal; a field of the profile; a policy parameter (looked up at the end of the run's month for the
 * subject's county, and for the home's residence where the parameter differs by it); a product or a sum; the last day
 * of the run's month; a date moved by years or months (clamped to the last day) or days.
 */
export type ValueExpression =
  | Literal
  | { readonly field: string }
  | {
      readonly parameter: string;
      readonly where?: Readonly<Record<string, string>> | undefined;
      readonly else?: Literal | undefined;
    }
  | { readonly times: readonly [ValueExpression, ValueExpression] }
  | { readonly plus: readonly [ValueExpression, ValueExpression] }
  | { readonly month: 'end' }
  | { readonly add_years: readonly [ValueExpression, ValueExpression] }
  | { readonly add_months: readonly [ValueExpression, ValueExpression] }
  | { readonly add_days: readonly [ValueExpression, ValueExpression] };

export const COMPARISONS = ['at_least', 'more_than', 'at_most', 'less_than', 'equals'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** `is` and `in` are comparisons with literals; `known` tests whether there is a value and is never unknown. */
export type Test = {
  readonly field?: string | undefined;
  readonly value?: ValueExpression | undefined;
} & {
  readonly at_least?: ValueExpression | undefined;
  readonly more_than?: ValueExpression | undefined;
  readonly at_most?: ValueExpression | undefined;
  readonly less_than?: ValueExpression | undefined;
  readonly equals?: ValueExpression | undefined;
  readonly is?: boolean | undefined;
  readonly in?: readonly Literal[] | undefined;
  readonly known?: boolean | undefined;
};

/** How many of the rule families hold for the home or a member, not counting the named rules. */
export interface Holding {
  readonly holding: { readonly families: readonly string[]; readonly except: readonly string[] };
  readonly at_least: number;
}

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Holding
  | Test;

const literal = z.union([z.number(), z.boolean(), z.string()]);

/**
 * One of several forms, distinguished by its key, so that a fault is reported within the form that was meant (a plain
 * union reports all of them, or the wrong one).
 * @param otherwise the form when none of the keys is present
 */
function byKey<T>(
  forms: Readonly<Record<string, z.ZodType<T>>>,
  otherwise: z.ZodType<T>,
): z.ZodType<T> {
  return z.unknown().transform((raw, context): T => {
    const key =
      raw !== null && typeof raw === 'object'
        ? Object.keys(forms).find((name) => name in raw)
        : undefined;
    const form = key === undefined ? otherwise : (forms[key] ?? otherwise);
    const result = form.safeParse(raw);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.issues.push({ ...issue, input: raw } as z.core.$ZodRawIssue);
    return z.NEVER;
  });
}

/** Keywords of values and conditions, for the hint on a misspelt one. */
export const VALUE_WORDS = [
  'field',
  'parameter',
  'times',
  'plus',
  'month',
  'add_years',
  'add_months',
  'add_days',
] as const;
export const CONDITION_WORDS = [
  'all',
  'any',
  'not',
  'holding',
  'field',
  'value',
  ...COMPARISONS,
  'is',
  'in',
  'known',
] as const;

const value: z.ZodType<ValueExpression> = z.lazy(() =>
  byKey<ValueExpression>(
    {
      field: z.strictObject({ field: z.string() }),
      parameter: z.strictObject({
        parameter: z.string(),
        where: z.record(z.string(), z.string()).optional(),
        else: literal.optional(),
      }),
      times: z.strictObject({ times: z.tuple([value, value]) }),
      plus: z.strictObject({ plus: z.tuple([value, value]) }),
      month: z.strictObject({ month: z.literal('end') }),
      add_years: z.strictObject({ add_years: z.tuple([value, value]) }),
      add_months: z.strictObject({ add_months: z.tuple([value, value]) }),
      add_days: z.strictObject({ add_days: z.tuple([value, value]) }),
    },
    z.union([
      literal,
      z.strictObject({}).refine(() => false, `is a literal or one of ${VALUE_WORDS.join(', ')}`),
    ]) as unknown as z.ZodType<ValueExpression>,
  ),
);

const TESTS = ['is', 'in', 'known', ...COMPARISONS] as const;

const test: z.ZodType<Test> = z
  .strictObject({
    field: z.string().optional(),
    value: value.optional(),
    at_least: value.optional(),
    more_than: value.optional(),
    at_most: value.optional(),
    less_than: value.optional(),
    equals: value.optional(),
    is: z.boolean().optional(),
    in: z.array(literal).min(1).optional(),
    known: z.boolean().optional(),
  })
  .refine(
    (t) => (t.field === undefined) !== (t.value === undefined),
    'says exactly one of field, value',
  )
  .refine(
    (t) => TESTS.filter((key) => t[key] !== undefined).length === 1,
    `says exactly one of ${TESTS.join(', ')}`,
  );

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  byKey<Condition>(
    {
      all: z.strictObject({ all: z.array(conditionSchema).min(1) }),
      any: z.strictObject({ any: z.array(conditionSchema).min(1) }),
      not: z.strictObject({ not: conditionSchema }),
      holding: z.strictObject({
        holding: z.strictObject({
          families: z.array(z.string()).min(1),
          except: z.array(z.string()).default([]),
        }),
        at_least: z.number().int().positive(),
      }),
    },
    test,
  ),
);

const given = z.record(z.string(), z.union([literal, z.null()]));

/** The situation in an example of a rule, segment or reason. */
export const described = {
  name: z.string().min(1),
  /** Values of fields; fields not named are false (yes/no fields) or unknown (all others). */
  given,
  /** Values of parameters; `name` or `name|key=value`. */
  parameters: given.optional(),
  /** Run month; only date conditions need it. */
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  /** Rules that hold for the home or its members, for `holding`. */
  holding: z.array(z.string()).optional(),
};

const example = z.strictObject({
  ...described,
  warns: z.boolean(),
  /** For a watch rule: the dates it reports. */
  dates: z.array(z.string()).optional(),
});

export const basisSchema = z
  .array(z.strictObject({ doc: z.string().min(1), clause: z.string().min(1) }))
  .min(1);

const shape = z.strictObject({
  /** e.g. ILL-01; also the file's name. */
  id: z.string().regex(/^[A-Z]+-[A-Z0-9]+$/),
  /** Incremented with every change of meaning; `rules/lock.json` holds the digest of each version. */
  version: z.number().int().positive(),
  title: z.string().min(1),
  title_en: z.string().min(1),
  subject: z.enum(['person', 'household', ...WORK_SUBJECTS]),
  /**
   * `watch`: an upcoming date, shown to planners; `work`: overdue work of an office. Neither opens a lead.
   */
  direction: z.enum(['need', 'exit', 'correction', 'watch', 'work']),
  /** 1 (first) to 4: how soon a clerk should look. */
  priority: z.number().int().min(1).max(4),
  maturity: z.enum(['draft', 'trial', 'production', 'retired']),
  /** The rule's source. */
  basis: basisSchema,
  when: conditionSchema,
  /** For a watch rule: the dates reported when they are after the month and within `ahead` months of it. */
  watch: z
    .strictObject({
      ahead: value,
      dates: z
        .array(z.strictObject({ on: value, title: z.string().min(1), title_en: z.string().min(1) }))
        .min(1),
    })
    .optional(),
  /** Count the subjects for whom the rule is undecided because a value is unknown. */
  record_gaps: z.boolean().default(false),
  /** Data that leave the rule undecided although none of its values is unknown, e.g. an incomplete grace row. */
  unclear_when: conditionSchema.optional(),
  /** Extracts the rule requires although none of its fields reads them. */
  needs: z.array(z.string()).default([]),
  /** What the clerk should check or do, one sentence. */
  advice: z.string().min(1),
  /** What the rule cannot see, and decisions where the notices are silent. */
  limits: z.string().min(1),
  examples: z.array(example).min(3),
});

const isWork = (subject: string): subject is WorkSubject =>
  WORK_SUBJECTS.some((name) => name === subject);

export const ruleSchema = shape
  .refine(
    ({ direction, watch }) => (direction === 'watch') === (watch !== undefined),
    "a rule of direction watch has 'watch' with its dates, and no other rule has",
  )
  .refine(
    ({ direction, subject }) => (direction === 'work') === isWork(subject),
    `a rule of direction work speaks of one of ${WORK_SUBJECTS.join(', ')}, and no other rule does`,
  );

/** Keys of a rule file, for the hint on a misspelt one. */
export const RULE_WORDS = Object.keys(shape.shape);

export type Rule = z.infer<typeof ruleSchema>;

/** What a rule shares with everything else decided by a condition: segments and reasons. */
export type Judged = Pick<Rule, 'id' | 'version' | 'subject' | 'when' | 'needs'> &
  Partial<Pick<Rule, 'watch' | 'unclear_when'>> & {
    /** For a segment: the homes already covered. */
    readonly covered?: Condition | undefined;
  };

/** A rule about a person or a home. */
export type PeopleRule = Rule & {
  readonly subject: 'person' | 'household';
  readonly direction: Exclude<Rule['direction'], 'work'>;
};

/** A rule about the offices' work. */
export type WorkRule = Rule & { readonly subject: WorkSubject; readonly direction: 'work' };

export function aboutPeople<T extends Pick<Rule, 'subject'>>(
  rule: T,
): rule is T & Pick<PeopleRule, 'subject' | 'direction'> {
  return !isWork(rule.subject);
}

export function aboutWork(rule: Rule): rule is WorkRule {
  return isWork(rule.subject);
}

/** Keys of an example, for the hint on a misspelt one. */
export const EXAMPLE_WORDS = Object.keys(example.shape);

/** The family of a rule: its id up to the last hyphen. */
export function familyOf(id: string): string {
  return id.slice(0, id.lastIndexOf('-'));
}

export const parameterFileSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().min(1),
    title_en: z.string().min(1),
    type: z.enum(PARAMETER_TYPES),
    unit: z.enum(UNITS),
    /** The dimension by which values may differ, and its cases. `residence` is looked up for the subject's home. */
    by: z.strictObject({ key: z.string(), cases: z.array(z.string()).min(2) }).optional(),
    values: z.array(z.unknown()),
  })
  .refine(({ type, unit }) => typeOfUnit(unit) === type, 'the unit is not one of the type');
