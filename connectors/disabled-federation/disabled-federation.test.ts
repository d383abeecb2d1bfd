/** 残联: which grade is severe disability is the figure of the county that the certificate names, not a number in SQL. */
import { expect, it } from 'vitest';
import { withFixtures } from '../../test/support/fixtures.ts';

/** Valid certificates of 520102: hearing, grade 3; mental, grade 2; physical, grade 2. */
const HEARING_3 = 'ca62720a4348897b274fb3b14066c0a3';
const MENTAL_2 = '7eee36f55b16f0e9d0b2c1bd0c6b181e';
const PHYSICAL_2 = '745b75f157f3c2a5795c3d6b3a5a96b4';

const figure = (where: string, region: string, value: number): string =>
  `  - { name: severe-disability-grade, ${where}region: "${region}", from: 2023-01-01, to: null, value: ${value}, unit: grade, doc: trial, clause: "-" }\n`;

async function severe(config: string): Promise<unknown[]> {
  const found: unknown[] = [];
  await withFixtures(
    'disabled-federation',
    async ({ fieldsOf }) => {
      for (const person of [HEARING_3, MENTAL_2, PHYSICAL_2])
        found.push((await fieldsOf('person', person)).map((row) => row['disability.severe']));
    },
    { config },
  );
  return found;
}

it('disability.severe: the country’s figure, unless the county has one of its own', async () => {
  expect(await severe('')).toEqual([[false], [true], [true]]);
  // The county's own value by category; another county's value changes nothing here.
  const own =
    figure('where: { category: hearing }, ', '520102', 3) +
    figure('where: { category: physical }, ', '520102', 1) +
    figure('where: { category: mental }, ', '520103', 1);
  expect(await severe(own)).toEqual([[true], [true], [false]]);
});
