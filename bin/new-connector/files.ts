/** The files of a new connector: one dataset of listed persons, two fields, their test and documentation. */
import { createHash } from 'node:crypto';

export interface Names {
  /** Folder names, e.g. housing and unsafe-homes. */
  readonly agency: string;
  readonly dataset: string;
  /** Chinese, e.g. 住建 and 危房. */
  readonly title: string;
  readonly datasetTitle: string;
}

/** The names in the forms that code and prose need. */
export function wordsOf({ agency, dataset }: Pick<Names, 'agency' | 'dataset'>): {
  /** Prefix of the fields' names. */
  readonly prefix: string;
  readonly column: string;
  readonly constant: string;
  readonly heading: string;
  readonly words: string;
} {
  const words = agency.replaceAll('-', ' ');
  return {
    prefix: agency.replaceAll('-', '_'),
    column: dataset.replaceAll('-', '_'),
    constant: dataset.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    heading: words.charAt(0).toUpperCase() + words.slice(1),
    words,
  };
}

/** Fictitious: belongs to nobody. */
const personOf = ({ agency }: Names, number: number): string =>
  createHash('sha256').update(`${agency} ${number}`).digest('hex').slice(0, 32);

function fixture(names: Names): string {
  const dates = ['2024-11-02', '20250314', '2025-06-30', '20250704', '2025-08-01'];
  const rows = dates.map((date, number) => `${personOf(names, number)},520102,${date}`);
  // A second, earlier row of the first person.
  return [
    '人员编号,县区代码,登记日期',
    ...rows,
    `${personOf(names, 0)},520102,2023-05-09`,
    '',
  ].join('\n');
}

function contractFile({ agency, dataset, title, datasetTitle }: Names, constant: string): string {
  return `
/** ${title} ${datasetTitle}: a person on the list. */
import { county, date } from '../../files/extract/columns.ts';
import { personId } from '../common-columns.ts';
import { contract } from '../../files/extract/contract.ts';

export const ${constant} = contract('${agency}', '${dataset}', '${datasetTitle}', 'state', {
  person_id: personId(),
  county: county(),
  listed_on: date({ required: true, aliases: ['登记日期'] }),
});
`;
}

function readme(names: Names, { heading, words }: ReturnType<typeof wordsOf>): string {
  const { agency, dataset, title, datasetTitle } = names;
  return `
# ${heading} · ${title}

${heading} (${title}) hands in the persons on its list ${datasetTitle}. What becomes of it: [docs/connectors/${agency}.md](../../docs/connectors/${agency}.md).

Dates are \`YYYY-MM-DD\` or \`YYYYMMDD\`; an empty cell means unknown, never zero or false. A column is found by its name or by any of its Chinese headers, in any order; columns that are not listed are ignored and named in the report. Columns marked \\* must be in the file and in every row.

## \`${agency}/${dataset}\` · ${datasetTitle}

One row is a person on the list of ${words}. A state extract: it speaks for its own month, and identical rows count once. A small well-formed file: [fixtures/${dataset}.csv](fixtures/${dataset}.csv).

| column | Chinese headers | accepted | used for |
| --- | --- | --- | --- |
| \`person_id\` \\* | 人员编号、人员标识、个人编号 | 32 lower-case hex digits | who |
| \`county\` \\* | 县区代码、区县代码、县级行政区划代码、县 | 6-digit county code | where, for a person no home is known of |
| \`listed_on\` \\* | 登记日期 | date | since when |
`;
}

function page(names: Names, { heading, prefix, column }: ReturnType<typeof wordsOf>): string {
  const { agency, dataset, title, datasetTitle } = names;
  return `
# ${heading} · ${title}

What ${title} hands in, what becomes of it, and which rules speak of it.

## What is handed in

\`${agency}/${dataset}/<YYYY-MM>.csv\` (${datasetTitle}), or the same in another [format](../add-a-connector.md#what-may-come-in-which-format): every month, the whole list as it stands at the end of the month. Columns and headers: [connectors/${agency}/README.md](../../connectors/${agency}/README.md).

## What rules may say of it

A rule that uses one of these fields is not evaluated in a county without the month's extract.

| field | of | type | is |
| --- | --- | --- | --- |
| \`${prefix}.${column}\` | person | boolean | on the list |
| \`${prefix}.${column}_since\` | person | date | the earliest date of the person's rows |

## Rules

None yet: [Add a rule](../add-a-rule.md).
`;
}

/** @returns text by path below the project's root; TypeScript and Markdown still need formatting */
export function filesOf(names: Names): Readonly<Record<string, string>> {
  const { agency, dataset, title, datasetTitle } = names;
  const words = wordsOf(names);
  const { prefix, column, constant } = words;
  const folder = `connectors/${agency}`;
  const source = `${agency}/${dataset}`;
  return {
    [`${folder}/${dataset}.ts`]: contractFile(names, constant),
    [`${folder}/fields.sql`]: `-- One row per person on the list of the month; a person may have several rows.
SELECT person_id, true AS "${prefix}.${column}", min(listed_on) AS "${prefix}.${column}_since"
FROM v_${column} GROUP BY person_id
`,
    [`${folder}/fields.ts`]: `
/** Rule fields on the persons on the list, made by \`fields.sql\`. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { ${constant} } from './${dataset}.ts';

const READS = [sourceName(${constant})];

export const fields = [fieldTable('${agency}', 'person', new URL('fields.sql', import.meta.url), [
  ['${prefix}.${column}', 'boolean', '本人在${title}${datasetTitle}名单中', 'is on the list of ${source}', READS],
  ['${prefix}.${column}_since', 'date', '列入${title}${datasetTitle}名单的最早日期', 'on the list of ${source} since', READS],
])];
`,
    [`${folder}/index.ts`]: `
import type { Connector } from '../../files/extract/contract.ts';
import { fields } from './fields.ts';
import { ${constant} } from './${dataset}.ts';

export default {
  agency: '${agency}',
  title: '${title}',
  contracts: [${constant}],
  fields,
} satisfies Connector;
`,
    [`${folder}/fixtures/${dataset}.csv`]: fixture(names),
    [`${folder}/${agency}.test.ts`]: `
/** ${title}: the fixture through a whole run, and the fields available to rules. */
import { expect, it } from 'vitest';
import { withFixtures } from '../../test/support/fixtures.ts';

it('${source}: the fixture is taken in whole, and its fields stand in the profile', async () => {
  await withFixtures('${agency}', async ({ files, fieldsOf }) => {
    expect(files).toEqual([{ dataset: '${dataset}', outcome: 'loaded', rows: 6, quarantined: 0 }]);
    expect(await fieldsOf('person', '${personOf(names, 0)}')).toEqual([
      { '${prefix}.${column}': true, '${prefix}.${column}_since': '2023-05-09' },
    ]);
  });
});
`,
    [`${folder}/README.md`]: readme(names, words),
    [`docs/connectors/${agency}.md`]: page(names, words),
  };
}
