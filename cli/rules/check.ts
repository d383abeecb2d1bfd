/** doudi rules check: every rule against its examples and lock, every figure against its place and time. */
import { loadFieldTables } from '../../connectors/index.ts';
import { readConfig } from '../../core/config.ts';
import { MonitorError } from '../../core/errors.ts';
import { divisionsOf } from '../../core/region.ts';
import { shanghaiDate } from '../../core/clock.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { casesOf, caseName, lookUp } from '../../warnings/parameters.ts';
import { mentionsOfRule } from '../../warnings/check.ts';
import { clauseEnds } from '../../warnings/clause-ends.ts';
import { lockFaults } from '../../warnings/lock.ts';
import { failingExamples, failingMembers } from '../../warnings/self-test.ts';
import { READ_BY_CODE } from '../../warnings/figure-names.ts';
import { loadUnread, unreadFaults } from '../../warnings/unread.ts';
import type { Invocation } from '../command.ts';

/** A clause that ends sooner than this is reported. */
const NOTICE_DAYS = 90;

export async function check(invocation: Invocation): Promise<void> {
  const config = readConfig(invocation.home);
  const divisions = divisionsOf(config.province, config.divisions);
  const book = await openRuleBook(config);
  const { definitions } = book.parameters;
  const faults = [
    ...book.rules.flatMap((rule) =>
      failingExamples(rule, book.vocabulary).map(
        (name) => `${rule.id}: example '${name}' does not come out as it says`,
      ),
    ),
    ...[...book.segments, ...book.reasons].flatMap((judged) =>
      failingMembers(judged, book.vocabulary).map(
        (name) => `${judged.id}: example '${name}' does not come out as it says`,
      ),
    ),
    ...unreadFaults(book, loadUnread(), [
      ...READ_BY_CODE,
      ...(await loadFieldTables()).flatMap(({ figures }) => figures),
    ]),
    ...lockFaults([...book.rules, ...book.segments, ...book.reasons]),
  ];
  const today = shanghaiDate(invocation.clock);
  const soon = new Date(Date.parse(today) + NOTICE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const used = new Set(
    [...book.rules, ...book.segments, ...book.reasons].flatMap((rule) =>
      mentionsOfRule(rule)
        .parameters.filter(({ optional }) => !optional)
        .map(({ name }) => name),
    ),
  );
  const notices = [
    ...clauseEnds(book.parameters, divisions, today, soon).map(
      ({ name, region, to, doc, clause }) =>
        `${name} for ${region} ends on ${to} (${doc} ${clause})`,
    ),
    ...[...definitions.values()]
      .filter(({ name }) => used.has(name))
      .flatMap((definition) =>
        casesOf(definition).flatMap((cases) => {
          const without = divisions.counties.filter(
            ({ code }) =>
              lookUp(book.parameters, divisions, definition, code, today, cases) === null,
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
      `${[`${book.rules.length} rules, ${definitions.size} parameters, ${book.rules.reduce((n, { examples }) => n + examples.length, 0)} examples, ${book.segments.length} segments`, ...notices.map((n) => `notice: ${n}`), ...faults.map((f) => `FAULT ${f}`)].join('\n')}\n`,
    );
  if (faults.length > 0) throw new MonitorError('rules', `${faults.length} faults in the rules`);
}
