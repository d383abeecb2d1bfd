/** 卫健: the fixture through a whole run, the fields available to rules, and the trial rule. */
import { expect, it } from 'vitest';
import { parseCsv } from '../../test/support/doudi.ts';
import { withFixtures } from '../../test/support/fixtures.ts';

const IN_A_MARGINAL_HOME = 'ca62720a4348897b274fb3b14066c0a3';
const ENDS_NEXT_MONTH = '67dbe0ca9d49a657961e8e6fcba7c6e1';
const NOT_LOW_INCOME = '2f36a1b18d503c5188d5e945cac80b77';

const facts = (chronic: boolean, special: boolean): Record<string, boolean>[] => [
  { 'health.chronic': chronic, 'health.special_treatment': special },
];

it('health/patients: the fixture is taken in whole, its fields are right, and HLT-01 warns where a home tries it', async () => {
  await withFixtures(
    'health',
    async ({ files, fieldsOf, command }) => {
      expect(files).toEqual([{ dataset: 'patients', outcome: 'loaded', rows: 7, quarantined: 0 }]);
      const of = (person: string) => fieldsOf('person', person);
      expect(await of(IN_A_MARGINAL_HOME)).toEqual(facts(true, true));
      expect(await of(ENDS_NEXT_MONTH)).toEqual(facts(false, true));
      expect(await of(NOT_LOW_INCOME)).toEqual(facts(false, true));
      // In dibao; chronic only; ended on the last day of the month; not a patient.
      expect(await of('a7230072880488f4f7c09e619fa20755')).toEqual(facts(false, true));
      expect(await of('1847b69397e3c618bceeabd51b39bcf5')).toEqual(facts(true, false));
      expect(await of('745b75f157f3c2a5795c3d6b3a5a96b4')).toEqual(facts(false, false));
      expect(await of('3c50d85b36f7b620fdab4061b01c1ccb')).toEqual(facts(false, false));

      const warned = parseCsv(await command(['warnings'])).filter(({ rule }) => rule === 'HLT-01');
      expect(warned.map((row) => row['person_id']).sort()).toEqual(
        [IN_A_MARGINAL_HOME, ENDS_NEXT_MONTH].sort(),
      );
      expect(await command(['rules', 'explain', 'HLT-01', '--person', NOT_LOW_INCOME])).toMatch(
        /^✗ 以下全部成立/m,
      );
    },
    { beside: ['civil-affairs', 'rural-revitalization'], config: 'trial: [HLT-01]\n' },
  );
});
