import { readConfig } from '../../core/config.ts';
import { MonitorError, usageError } from '../../core/errors.ts';
import { SubjectId } from '../../core/ids.ts';
import { divisionsOf } from '../../core/region.ts';
import { shanghaiDate } from '../../core/clock.ts';
import { explainSubject } from '../../pipelines/explain-subject.ts';
import { openRuleBook } from '../../pipelines/office.ts';
import { printReasoning } from '../../warnings/explain.ts';
import { casesOf, caseName, lookUp } from '../../warnings/parameters.ts';
import { mentionsOfRule } from '../../warnings/check.ts';
import { lockFaults, writeLock } from '../../warnings/lock.ts';
import { failingExamples } from '../../warnings/self-test.ts';
import type { Command, Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireMonth, requireText } from '../require.ts';

/** A clause that ends sooner than this is told of. */
const NOTICE_DAYS = 90;

async function check(invocation: Invocation): Promise<void> {
  const config = readConfig(invocation.home);
  const divisions = divisionsOf(config.province, config.divisions);
  const book = await openRuleBook(config);
  const { definitions, tiers } = book.parameters;
  const faults = [
    ...book.rules.flatMap((rule) =>
      failingExamples(rule, book.vocabulary).map(
        (name) => `${rule.id}: example '${name}' does not come out as it says`,
      ),
    ),
    ...lockFaults(book.rules),
  ];
  const today = shanghaiDate(invocation.clock);
  const soon = new Date(Date.parse(today) + NOTICE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const used = new Set(
    book.rules.flatMap((rule) =>
      mentionsOfRule(rule)
        .parameters.filter(({ optional }) => !optional)
        .map(({ name }) => name),
    ),
  );
  const notices = [
    ...tiers
      .flat()
      .filter(
        ({ to, region }) =>
          to !== null && to >= today && to <= soon && divisions.find(region) !== undefined,
      )
      .map(
        ({ name, region, to, doc, clause }) =>
          `${name} for ${region} ends on ${to ?? ''} (${doc} ${clause})`,
      ),
    ...[...definitions.values()]
      .filter(({ name }) => used.has(name))
      .flatMap((definition) =>
        casesOf(definition).flatMap((cases) => {
          const without = divisions.counties.filter(
            ({ code }) =>
              lookUp(book.parameters, divisions, definition.name, code, today, cases) === null,
          );
          return without.length === 0
            ? []
            : [
                `${caseName(definition.name, cases)} has no value in ${without.length} of ${divisions.counties.length} counties: set it in doudi.yaml`,
              ];
        }),
      ),
  ];
  if (invocation.json)
    await invocation.out(
      `${JSON.stringify({ rules: book.rules.length, faults, notices }, null, 2)}\n`,
    );
  else
    await invocation.out(
      `${[`${book.rules.length} rules, ${definitions.size} parameters, ${book.rules.reduce((n, { examples }) => n + examples.length, 0)} examples`, ...notices.map((n) => `notice: ${n}`), ...faults.map((f) => `FAULT ${f}`)].join('\n')}\n`,
    );
  if (faults.length > 0) throw new MonitorError('rules', `${faults.length} faults in the rules`);
}

async function explain(invocation: Invocation, id: string): Promise<void> {
  const month = requireMonth(invocation);
  const subject = SubjectId.parse(
    requireText(invocation, 'person', '0123456789abcdef0123456789abcdef'),
  );
  await withHome(invocation, async ({ store, config, divisions }) => {
    const book = await openRuleBook(config);
    const rule = book.rules.find((candidate) => candidate.id === id);
    if (rule === undefined)
      throw usageError(`there is no rule '${id}'`, book.rules.map((r) => r.id).join(', '));
    const explanations = await explainSubject({ store, divisions, book, rule, month, id: subject });
    if (invocation.json) return invocation.out(`${JSON.stringify(explanations, null, 2)}\n`);
    const text = explanations.flatMap(({ county, reasoning, not_evaluated }) => [
      `${rule.id} ${rule.title} · ${month} · ${divisions.find(county)?.name ?? county}`,
      ...not_evaluated.map((missing) => `未评估：缺少 ${missing}`),
      ...printReasoning(reasoning),
      `依据：${rule.basis.map(({ doc, clause }) => `${doc} ${clause}`).join('；')}`,
      '',
    ]);
    await invocation.out(`${text.join('\n')}\n`);
  });
}

export default {
  name: 'rules',
  summary:
    'check: every rule against its examples and lock; explain: why a rule holds for someone; lock: pin versions',
  usage: `doudi rules check
       doudi rules explain RULE --person ID --month YYYY-MM
       doudi rules lock`,
  options: { person: { type: 'string' }, month: { type: 'string' } },
  async run(invocation) {
    const [verb, id] = invocation.positionals;
    if (verb === 'check') return check(invocation);
    if (verb === 'explain' && id !== undefined) return explain(invocation, id);
    if (verb === 'lock') {
      const refused = writeLock((await openRuleBook({ parameters: [], trial: [] })).rules);
      if (refused.length > 0)
        throw new MonitorError('rules', `changed under the same version: ${refused.join(', ')}`, {
          fix: 'raise the version in the rule file',
        });
      return invocation.out('rules/lock.json written\n');
    }
    throw usageError(`doudi rules knows no '${verb ?? ''}'`, 'check, explain RULE, lock');
  },
} satisfies Command;
