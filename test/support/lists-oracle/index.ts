import { lastDay, shiftMonth } from '../oracle/calendar.ts';
import { readState, standsAt } from '../oracle/reading.ts';
import type { Row } from '../oracle/row.ts';
import type { OracleInput } from '../oracle/types.ts';
import { income } from '../oracle/words.ts';
import { ASSISTANCE, MONITORED, World } from '../oracle/world.ts';

// Section 5 of the contract, row by row and from its text alone. Nothing here knows the engine or its SQL.

type Source = typeof ASSISTANCE | typeof MONITORED;

export interface OracleLists {
  /** `<county>/<recipient>/<list>` and the file's bytes as text. */
  readonly files: ReadonlyMap<string, string>;
  /** `<list> <county> <missing>` */
  readonly notExported: readonly string[];
}

const DIBAO = ['urban_dibao', 'rural_dibao'];
const BASIC = [...DIBAO, 'tekun_concentrated', 'tekun_dispersed', 'orphan', 'unattended_child'];

const isIn = (row: Row): boolean => row.is('status', 'active', 'grace');
const isBasic = (row: Row): boolean => isIn(row) && row.is('programme', ...BASIC);
const isFull = (row: Row): boolean => isIn(row) && row.is('programme', ...BASIC, 'marginal');
const isOpen = (row: Row): boolean => row.is('risk', 'open');
const person = (row: Row): string => row.text('person_id');

const yuan = (fen: bigint | undefined): string =>
  fen === undefined ? '' : `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;

const causes = (row: Row): string =>
  [...new Set(row.text('causes').split(';'))]
    .filter((cause) => cause !== '')
    .sort()
    .join(';');

interface Line {
  readonly county: string;
  readonly cells: readonly string[];
}

interface Sheet {
  readonly list: string;
  readonly to: readonly string[];
  readonly needs: readonly Source[];
  readonly header: string;
  readonly lines: readonly Line[];
}

const pick = (row: Row, ...columns: string[]): Line => ({
  county: row.text('county'),
  cells: columns.map((column) => (column === 'causes' ? causes(row) : row.text(column))),
});

/** In the class at M and not at M−1; where M−1 is missing for the county, dated in M. */
function newRows(
  input: OracleInput,
  source: Source,
  inClass: (row: Row) => boolean,
  date: string,
): Row[] {
  const before = shiftMonth(input.month, -1);
  const then = new Set(
    readState(input.inbox, source, before, input.province).filter(inClass).map(person),
  );
  return readState(input.inbox, source, input.month, input.province)
    .filter(inClass)
    .filter((row) => !then.has(person(row)))
    .filter(
      (row) =>
        standsAt(input.inbox, source, before, row.text('county')) ||
        row.text(date).startsWith(input.month),
    );
}

/** MAR-01 and its monitored members; direct recognition ends with 2025. */
function directMarginal(world: World): Line[] {
  if (lastDay(world.month) > '2025-12-31') return [];
  return world.households().flatMap((home) => {
    const members = world.membersOf(home);
    if (members.some((member) => world.of(member, ASSISTANCE).some(isFull))) return [];
    const county = world.countyOfHousehold(home);
    return members.flatMap((member) =>
      world
        .of(member, MONITORED)
        .filter(isOpen)
        .map((row) => ({
          county,
          cells: [
            member,
            home,
            row.text('township'),
            row.text('category'),
            row.text('identified_month'),
          ],
        })),
    );
  });
}

/** Nobody has been checked: the last column is empty. */
function uncovered(world: World, monitored: readonly Row[]): Line[] {
  return monitored
    .filter(isOpen)
    .filter((row) => !world.of(person(row), ASSISTANCE).some(isIn))
    .map((row) => ({
      county: row.text('county'),
      cells: [
        person(row),
        row.text('household_id'),
        row.text('township'),
        row.text('category'),
        yuan(income(world, row.text('household_id'))),
        '',
      ],
    }));
}

const FULL = {
  'full-education': 'education',
  'full-employment': 'human-resources',
  'full-housing': 'housing',
  'full-emergency': 'emergency',
  'full-medical': 'medical-insurance',
};

function sheets(input: OracleInput): Sheet[] {
  const world = new World(input);
  const read = (source: Source): Row[] =>
    readState(input.inbox, source, input.month, input.province);
  const full = read(ASSISTANCE)
    .filter(isFull)
    .map((row) => pick(row, 'person_id', 'township', 'programme', 'status_date'));
  return [
    {
      list: 'new-basic',
      to: ['rural-revitalization'],
      needs: [ASSISTANCE],
      header: 'person_id,household_id,township,village,programme,status_date',
      lines: newRows(input, ASSISTANCE, isBasic, 'status_date').map((row) =>
        pick(row, 'person_id', 'household_id', 'township', 'village', 'programme', 'status_date'),
      ),
    },
    {
      list: 'new-monitored',
      to: ['civil-affairs'],
      needs: [MONITORED],
      header: 'person_id,household_id,township,village,category,causes,identified_month',
      lines: newRows(input, MONITORED, isOpen, 'identified_month').map((row) =>
        pick(
          row,
          'person_id',
          'household_id',
          'township',
          'village',
          'category',
          'causes',
          'identified_month',
        ),
      ),
    },
    ...Object.entries(FULL).map(([list, to]) => ({
      list,
      to: [to],
      needs: [ASSISTANCE] as const,
      header: 'person_id,township,programme,status_date',
      lines: full,
    })),
    {
      list: 'direct-marginal',
      to: ['civil-affairs', 'rural-revitalization'],
      needs: [ASSISTANCE, MONITORED],
      header: 'person_id,household_id,township,category,identified_month',
      lines: directMarginal(world),
    },
    {
      list: 'suspected-uncovered',
      to: ['civil-affairs'],
      needs: [ASSISTANCE, MONITORED],
      header: 'person_id,household_id,township,category,income,reason',
      lines: uncovered(world, read(MONITORED)),
    },
  ];
}

/** All lists of a month, for every county, before anybody has answered a lead. */
export function listsOracle(input: OracleInput): OracleLists {
  const files = new Map<string, string>();
  const notExported: string[] = [];
  for (const { list, to, needs, header, lines } of sheets(input)) {
    for (const county of input.counties) {
      const missing = needs.filter((source) => !standsAt(input.inbox, source, input.month, county));
      notExported.push(...missing.map((source) => `${list} ${county} ${source} ${input.month}`));
      if (missing.length > 0) continue;
      // No cell of these extracts holds a comma; a tab orders shorter texts first.
      const own = lines.filter((line) => line.county === county).map(({ cells }) => cells);
      const texts = [...new Set(own.map((cells) => cells.join('\t')))].sort();
      const text = [header, ...texts.map((line) => line.replaceAll('\t', ','))]
        .map((line) => `${line}\n`)
        .join('');
      for (const recipient of to) files.set(`${county}/${recipient}/${list}`, text);
    }
  }
  return { files, notExported };
}
