/** Wrong rules and figures stop before any work, with file, line, and what was meant. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadFields } from '../../pipelines/fields/index.ts';
import { catalogueOf } from '../../warnings/fields.ts';
import { loadParameters } from '../../warnings/parameters.ts';
import { readRule } from '../../warnings/rule-book.ts';
import { CONFIG, doudi, ROOT, withFolder, withHome } from '../support/doudi.ts';

const VOCABULARY = {
  fields: catalogueOf(await loadFields()),
  definitions: loadParameters([]).definitions,
};

/** INC-02 with one text of it replaced. @returns the message, with its hint */
function faultOf(before: string, after: string): Promise<string> {
  return withFolder((folder) => {
    const text = readFileSync(join(ROOT, 'rules/catalogue/INC-02.yaml'), 'utf8');
    expect(text).toContain(before);
    const path = join(folder, 'INC-02.yaml');
    writeFileSync(path, text.replace(before, after));
    try {
      readRule(pathToFileURL(path), 'rules/catalogue/INC-02.yaml', VOCABULARY);
    } catch (error) {
      const { message, fix = '' } = error as Error & { fix?: string };
      return Promise.resolve(`${message} | ${fix}`);
    }
    return Promise.resolve('accepted');
  });
}

/** Line of INC-02.yaml in which a text stands. */
function lineOf(text: string): number {
  const lines = readFileSync(join(ROOT, 'rules/catalogue/INC-02.yaml'), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

describe('a wrong rule file', () => {
  it.each<[what: string, before: string, after: string, said: string]>([
    [
      'a misspelt field',
      'field: household.income, more_than',
      'field: household.incom, more_than',
      "there is no field 'household.incom' | did you mean 'household.income'?",
    ],
    [
      'a misspelt parameter',
      'more_than: { parameter: dibao-standard }',
      'more_than: { parameter: dibao-standart }',
      "there is no parameter 'dibao-standart' | did you mean 'dibao-standard'?",
    ],
    [
      'a misspelt comparison',
      'more_than: { parameter: dibao-standard }',
      'more_then: { parameter: dibao-standard }',
      "more_then'; did you mean 'more_than'?",
    ],
    [
      'a misspelt word inside a value',
      'more_than: { parameter: dibao-standard }',
      'more_than: { paramter: dibao-standard }',
      "paramter'; did you mean 'parameter'?",
    ],
    [
      'a figure in another unit',
      'more_than: { parameter: dibao-standard }',
      'more_than: { parameter: review-interval }',
      "'more_than' compares yuan/year with months",
    ],
    [
      'a monthly figure against a yearly income',
      'more_than: { parameter: dibao-standard }',
      'more_than: { parameter: outpatient-self-paid-month }',
      "'more_than' compares yuan/year with yuan/month",
    ],
    [
      'a text against a number',
      'more_than: { parameter: dibao-standard }',
      'more_than: low',
      "'more_than' compares a number with a text",
    ],
    [
      'a figure of policy in the rule itself',
      'more_than: { parameter: dibao-standard }',
      'more_than: 6000',
      '6000 yuan/year is a figure of policy: make it a parameter',
    ],
    [
      'a figure of policy inside a product',
      'times: [{ parameter: dibao-standard }, { parameter: marginal-multiple }]',
      'times: [{ parameter: dibao-standard }, 1.5]',
      '1.5 is a figure of policy: make it a parameter',
    ],
    [
      'a value that says nothing',
      'more_than: { parameter: dibao-standard }',
      'more_than: {}',
      'is a literal or one of field, parameter',
    ],
    [
      'two standards multiplied',
      'times: [{ parameter: dibao-standard }, { parameter: marginal-multiple }]',
      'times: [{ parameter: dibao-standard }, { parameter: dibao-standard }]',
      "'less_than' compares yuan/year with yuan/year · yuan/year",
    ],
    [
      'no citation',
      '{ doc: 楚民发〔2023〕5号, clause: 一（二） }',
      '{ doc: 楚民发〔2023〕5号 }',
      'basis.0.clause',
    ],
    ['another id', 'id: INC-02', 'id: INC-09', "its id is 'INC-09'"],
    ['an unknown key', 'advice:', 'advise:', "unknown key 'advise'; did you mean 'advice'?"],
  ])('%s', async (_what, before, after, said) => {
    const message = await faultOf(before, after);
    expect(message).toContain(said);
    expect(message).toContain(`rules/catalogue/INC-02.yaml, line ${lineOf(before)}: `);
  });
  it('that is broken YAML names the line', async () => {
    expect(await faultOf('subject: household', 'subject: [household')).toMatch(
      /INC-02\.yaml, line \d+: not readable as YAML/,
    );
  });
});

describe('a wrong figure in doudi.yaml stops rules check', () => {
  const good =
    '  - { name: review-interval, region: "520102", from: 2024-01-01, to: null, value: 6, unit: months, doc: 县办法, clause: 三 }\n';
  const lines = CONFIG.trimEnd().split('\n').length;
  it.each<[what: string, yaml: string, line: number, said: string, fix: string]>([
    [
      'a name that there is not',
      good.replace('review-interval', 'reveiw-interval'),
      lines + 1,
      "no parameter 'reveiw-interval'",
      "did you mean 'review-interval'?",
    ],
    [
      'a wrong unit',
      good.replace('unit: months', 'unit: days'),
      lines + 1,
      'it is in months, not in days',
      '',
    ],
    [
      'an unknown region',
      good.replace('520102', '520199'),
      lines + 1,
      'there is no region 520199',
      '6-digit code',
    ],
    [
      'overlapping periods',
      good + good.replace('2024-01-01', '2025-01-01'),
      lines + 2,
      `has two values from 2025-01-01; the other: doudi.yaml, line ${lines + 1}`,
      'end the older one',
    ],
    [
      'no citation',
      good.replace('doc: 县办法, clause: 三', 'doc: "-", clause: "-"'),
      lines + 1,
      'it needs a citation',
      '',
    ],
    ['no document', good.replace('doc: 县办法, ', ''), lines + 1, 'doc', ''],
    [
      'a misspelt key',
      good.replace('clause: 三', 'claus: 三'),
      lines + 1,
      "did you mean 'clause'?",
      '',
    ],
    [
      'a case that there is not',
      good.replace('region', 'where: { reason: other }, region'),
      lines + 1,
      "does not differ by 'reason'",
      '',
    ],
  ])('%s', async (_what, yaml, line, said, fix) => {
    await withHome(async (home) => {
      const error = await doudi(home, ['rules', 'check']).then(
        () => null,
        (thrown: unknown) => thrown as Error & { fix?: string },
      );
      expect(error?.message).toContain(`doudi.yaml, line ${line}`);
      expect(error?.message).toContain(said);
      expect(`${error?.message ?? ''}${error?.fix ?? ''}`).toContain(fix);
    }, CONFIG + yaml);
  });
  it('a right one does not', async () => {
    await withHome(async (home) => {
      expect(await doudi(home, ['rules', 'check'])).toMatch(/rules, \d+ parameters/);
    }, CONFIG + good);
  });
});
