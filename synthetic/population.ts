/**
 * The background population: one narrow table, about 45 bytes per person, scanned for every file.
 *
 * It stores whatever is fixed for a person, because recomputing it for each file took three times as long (17 s
 * instead of 5 s for a million persons and two months). Persons come in blocks of ten; a block's draw picks how its
 * ten persons split into homes, so home, place in the home and size are arithmetic, and no join or window over the
 * population is needed. Home and person draws decide the rest. A person is the same in every month; only the month
 * moves.
 *
 * About one home in six is known to civil affairs or rural revitalization. For the others only what any department
 * would deliver is written: pupils, bills, certificates, and a sample of the roll and of the jobs.
 */
import { literal, textList, type Sql } from '../store/sql.ts';
import type { GenerateOptions } from './options.ts';
import { PURPOSE } from './random.ts';

/** How ten persons split into homes. */
const SPLITS: readonly (readonly number[])[] = [
  [4, 3, 2, 1],
  [3, 3, 2, 2],
  [5, 3, 2],
  [4, 4, 2],
  [2, 2, 2, 3, 1],
  [3, 3, 3, 1],
  [6, 4],
  [4, 3, 3],
];

/**
 * Who lives together, by household size and one of four variants. H head, S spouse, K child, E elder parent, O and
 * P an elder head and spouse, G grandchild.
 */
const HOMES: readonly (readonly [string, string, string, string])[] = [
  ['O', 'O', 'O', 'H'],
  ['OP', 'HS', 'OG', 'HK'],
  ['HSK', 'HSK', 'HKK', 'HSE'],
  ['HSKK', 'HSKK', 'HSKE', 'HSEE'],
  ['HSKKE', 'HSKKE', 'HSKEE', 'HSKKE'],
  ['HSKKEE', 'HSKKKE', 'HSKKEE', 'HSKKEE'],
];

/** One number for each of the ten persons of a split: home × 100 + position × 10 + size. */
function splitCodes(): string {
  const codes = SPLITS.flatMap((sizes) =>
    sizes.flatMap((size, home) =>
      Array.from({ length: size }, (_, position) => home * 100 + position * 10 + size),
    ),
  );
  return `[${codes.join(', ')}]::SMALLINT[]`;
}

/** Shares of one-person homes, in 10,000; the rest (about three in four) are known to nobody. */
const CLASSES_ALONE: readonly (readonly [string, number])[] = [
  ['tekun', 900],
  ['rural_dibao', 900],
  ['urban_dibao', 150],
  ['marginal', 120],
  ['monitored', 12],
  ['refused', 30],
  ['exited', 30],
  ['temporary_aid', 30],
];

/** Shares of homes of two or more persons, in 10,000; together about one in six. */
const CLASSES_TOGETHER: readonly (readonly [string, number])[] = [
  ['rural_dibao', 900],
  ['urban_dibao', 150],
  ['marginal', 230],
  ['monitored', 16],
  ['eliminated', 60],
  ['rigid_expenditure', 15],
  ['orphan', 10],
  ['unattended_child', 15],
  ['refused', 35],
  ['exited', 40],
  ['applied', 10],
  ['temporary_aid', 40],
];

function classCase(classes: readonly (readonly [string, number])[], draw: string): string {
  let below = 0;
  const cases = classes.map(([name, share]) => {
    below += share;
    return `WHEN ${draw} < ${below} THEN '${name}'`;
  });
  return `CASE ${cases.join(' ')} ELSE 'none' END`;
}

/** Income of a class in thousandths of the standard: minimum, and width of the band. An orphan's is the guardians'. */
const INCOMES: readonly (readonly [string, number, number])[] = [
  ['rural_dibao', 350, 580],
  ['urban_dibao', 350, 580],
  ['tekun', 150, 400],
  ['marginal', 1200, 280],
  ['orphan', 1520, 400],
  ['unattended_child', 1520, 400],
  ['applied', 600, 390],
];

/** January 2025 in months since year 0: ages below are as of that month. */
const AGES_AT = 2025 * 12;
/** January 2020: nobody in the population died earlier. */
const DEATHS_FROM = 2020 * 12;

/**
 * Creates the table `person`, in the order of `i`: one row per person with `i`, `home`, `place`, `village_number`,
 * `size`, `position`, `class`, `known` (to civil affairs), `watched` (in the monitoring extract), `low_income`,
 * `urban`, `role`, `birth` and `died` (months since year 0), `supports` (the `i` of an old person, mostly in
 * another home), and the draws `home_draw`, `person_draw`; and the macro `income_fen(home, class, urban, month)`,
 * the home's income per head and year, which moves by at most 50 yuan a quarter.
 * @param persons a multiple of ten
 */
export async function createPopulation(
  sql: Sql,
  persons: number,
  townships: number,
  options: Pick<GenerateOptions, 'standards' | 'figures'>,
): Promise<void> {
  const { standards } = options;
  const rural = Math.round(standards.rural * 100);
  const urban = Math.round((standards.urban ?? standards.rural * 1.3) * 100);
  const roles = textList(HOMES.flat());
  const names = new Set(
    [...CLASSES_ALONE, ...CLASSES_TOGETHER].map(([name]) => name).concat('none'),
  );
  // A table, because all threads scan a table but only one scans range().
  await sql.run(`
CREATE OR REPLACE TABLE person_number AS SELECT i FROM range(${persons}) AS r(i);
CREATE OR REPLACE VIEW person_in_home AS
SELECT i, block, block_draw, code // 10 % 10 AS position, code % 10 AS size, block * 10 + code // 100 AS home
FROM (
  SELECT i, block, block_draw,
    (${splitCodes()})[(block_draw % ${SPLITS.length})::INTEGER * 10 + (i % 10)::INTEGER + 1] AS code
  FROM (SELECT i, i // 10 AS block, draw(i // 10, ${PURPOSE.block}) AS block_draw FROM person_number)
);
CREATE OR REPLACE VIEW person_drawn AS
SELECT *,
  draw(home, ${PURPOSE.home}) AS home_draw,
  draw(i, ${PURPOSE.person}) AS person_draw
FROM person_in_home;
CREATE OR REPLACE VIEW person_classed AS
SELECT *,
  (block_draw // 1000 % ${townships})::INTEGER AS place,
  (block_draw // 100000000 % 30)::INTEGER AS village_number,
  CASE WHEN size = 1 THEN ${classCase(CLASSES_ALONE, '(home_draw % 10000)')}
       ELSE ${classCase(CLASSES_TOGETHER, '(home_draw % 10000)')} END AS class,
  substr((${roles})[(size - 1) * 4 + (home_draw // 10000 % 4)::INTEGER + 1], position + 1, 1) AS role,
  330 + (home_draw // 40000 % 270)::INTEGER AS head_age,
  744 + (home_draw // 40000 % 280)::INTEGER AS elder_age,
  (person_draw // 16 % 100000)::INTEGER AS age_draw
FROM person_drawn;
CREATE OR REPLACE TYPE home_class AS ENUM (${[...names].map(literal).join(', ')});
CREATE OR REPLACE TABLE person AS
SELECT i::INTEGER AS i, home::INTEGER AS home, place::SMALLINT AS place, village_number::TINYINT AS village_number,
  size::TINYINT AS size, position::TINYINT AS position, class::home_class AS class,
  role::ENUM ('H', 'S', 'K', 'E', 'O', 'P', 'G') AS role, home_draw, person_draw,
  class NOT IN ('none', 'monitored', 'eliminated') AS known,
  class IN ('monitored', 'eliminated')
    OR (class IN ('rural_dibao', 'marginal') AND home_draw // 20000000 % 100 < 18) AS watched,
  -- Two lists: DuckDB turns six or more constants into a join, which loses the row order.
  class NOT IN ('none', 'eliminated', 'temporary_aid') AND class NOT IN ('refused', 'exited', 'applied')
    AS low_income,
  class = 'urban_dibao' OR (class = 'marginal' AND home_draw // 20000000 % 100 >= 85) AS urban,
  (${AGES_AT} - CASE role
    WHEN 'H' THEN head_age
    WHEN 'S' THEN head_age + age_draw % 72 - 36
    WHEN 'K' THEN greatest(head_age - 280 - age_draw % 150, age_draw % 36 + 1)
    WHEN 'E' THEN head_age + 264 + age_draw % 100
    WHEN 'O' THEN elder_age
    WHEN 'P' THEN elder_age + age_draw % 72 - 36
    ELSE 24 + age_draw % 190 END)::INTEGER AS birth,
  ${DEATHS_FROM} + (draw(i, ${PURPOSE.death})
    % CASE WHEN role IN ('E', 'O', 'P') THEN 1500 ELSE 20000 END)::INTEGER AS died
FROM person_classed;
DROP TABLE person_number;
-- An update leaves the rows where they are; a join would not.
ALTER TABLE person ADD COLUMN supports INTEGER;
-- Position 0 is the head, so the elder parent of a large home is the person i + size - 1.
UPDATE person SET supports = i + size - 1 WHERE role = 'H' AND size >= 5 AND home_draw // 16 % 10 = 0;
-- Old people on dibao mostly have a grown child elsewhere: who has nobody is destitute, and tekun (FAM-03).
UPDATE person SET supports = old.i
FROM (SELECT i, row_number() OVER (ORDER BY i) AS n FROM person
  WHERE role = 'H' AND size > 1 AND known AND supports IS NULL) AS head
JOIN (SELECT i, row_number() OVER (ORDER BY i) AS n FROM person
  WHERE role IN ('O', 'P') AND class IN ('rural_dibao', 'urban_dibao') AND home_draw // 64 % 20 > 0) AS old
  ON old.n = head.n
WHERE person.i = head.i;
`);
  // Homes below the line are usually monitored: marginal homes begin above it where the standard leaves room.
  const above = Math.ceil((100_000 * options.figures.monitoringLine) / rural) + 20;
  const bands = INCOMES.map(([name, low, width]): [string, number, number] =>
    name === 'marginal' && above > low && above < low + width - 40
      ? [name, above, low + width - above]
      : [name, low, width],
  ).map(([name, low, width]) => `WHEN '${name}' THEN ${low} + (band % ${width})::INTEGER`);
  // Most homes outside the programmes are well above the marginal band; one in twenty is not.
  await sql.run(`
CREATE OR REPLACE MACRO base_income(class, urban, band) AS
  (CASE WHEN urban THEN ${urban} ELSE ${rural} END)::BIGINT * (CASE class ${bands.join(' ')}
    ELSE CASE WHEN band // 1000 % 100 < 5 THEN 850 ELSE 1550 END + (band % 350)::INTEGER END) // 1000;
CREATE OR REPLACE MACRO income_fen(home, class, urban, month) AS
  (base_income(class, urban, draw(home, ${PURPOSE.homeIncome}))
    + (draw_at(home, ${PURPOSE.homeIncome}, month // 3) % 11)::BIGINT * 1000 - 5000);
`);
}
