/** 住建: the fixture through a whole run, the fields available to rules, and the trial rule. */
import { expect, it } from 'vitest';
import { parseCsv } from '../../test/support/doudi.ts';
import { withFixtures } from '../../test/support/fixtures.ts';

const LIVES_UNSAFELY = 'dad429d161d223f3c0c0396297a386d7';
const FOUND_BY_ITS_HEAD = '9e6e6ec1b617dd81f42283f72d771a6e';

const facts = (unrepaired: boolean, unclear: boolean): Record<string, boolean>[] => [
  { 'housing.unsafe_unrepaired': unrepaired, 'housing.unsafe_unclear': unclear },
];

it('housing/unsafe-homes: the fixture is taken in whole, its fields are right, and HSG-01 warns where a home tries it', async () => {
  await withFixtures(
    'housing',
    async ({ files, fieldsOf, command }) => {
      expect(files).toEqual([
        { dataset: 'unsafe-homes', outcome: 'loaded', rows: 8, quarantined: 0 },
      ]);
      const of = (home: string) => fieldsOf('household', home);
      expect(await of(LIVES_UNSAFELY)).toEqual(facts(true, false));
      expect(await of(FOUND_BY_ITS_HEAD)).toEqual(facts(true, false));
      // Under repair; state of repair unknown; empty; not low-income; repaired, and known by the list's household_id.
      expect(await of('4b8f0eb99c8c35b019165806f85aac33')).toEqual(facts(false, false));
      expect(await of('db1b36a3986f21a7de209bd15f0c35fc')).toEqual(facts(false, true));
      expect(await of('6b24ce478f33420ef4c74a0c432e95db')).toEqual(facts(false, false));
      expect(await of('917b11b804115ecdcade78f4d9b4e593')).toEqual(facts(true, false));
      expect(await of('19c1f40d629129ab7040bdedc83866cb')).toEqual(facts(false, false));

      const warned = parseCsv(await command(['warnings'])).filter(({ rule }) => rule === 'HSG-01');
      expect(warned.map((row) => row['household_id']).sort()).toEqual(
        [LIVES_UNSAFELY, FOUND_BY_ITS_HEAD].sort(),
      );
      expect(await command(['rules', 'explain', 'HSG-01', '--person', LIVES_UNSAFELY])).toMatch(
        /✓ 居住C级或D级危房，尚未开工改造 是/,
      );
    },
    { beside: ['civil-affairs', 'rural-revitalization'], config: 'trial: [HSG-01]\n' },
  );
});
