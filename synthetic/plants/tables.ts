/** Instantiates the scenarios: one table of cases, one table of rows per dataset. Only thousands of rows. */
import { firstDay, lastDay, monthFromIndex } from '../../core/month.ts';
import { identifier, literal, type Sql } from '../../store/sql.ts';
import { DATASETS, DATASET_NAMES, type DatasetName } from '../datasets/all.ts';
import type { MonthFrame } from '../month-frame.ts';
import type { RuleFigures } from '../options.ts';
import { PLANTED_VILLAGE } from '../places.ts';
import { billId, personKey, type PlantedRow, type Scenario } from './scenario.ts';

/** Cases of each kind per rule and month; if a rule has more scenarios, one of each. */
const casesPerRule = (persons: number): number => Math.max(2, Math.floor(persons / 50_000));

const id = (scenario: Scenario): string => `${scenario.rule} ${scenario.outcome} ${scenario.name}`;

/** How often each scenario is instantiated in a month. */
function copies(scenarios: readonly Scenario[], persons: number): Map<Scenario, number> {
  return new Map(
    scenarios.map((scenario) => {
      const alike = scenarios.filter(
        (each) => each.rule === scenario.rule && each.outcome === scenario.outcome,
      );
      return [scenario, Math.ceil(casesPerRule(persons) / alike.length)];
    }),
  );
}

/** Planted persons of one month if every condition is met. The background is reduced by that number. */
export function plantedPersons(scenarios: readonly Scenario[], persons: number): number {
  let sum = 0;
  for (const [scenario, count] of copies(scenarios, persons)) {
    sum += new Set(scenario.rows.map(({ person }) => person)).size * count;
  }
  return sum;
}

interface Setting {
  readonly months: readonly MonthFrame[];
  readonly persons: number;
  readonly counties: number;
  readonly figures: RuleFigures;
}

/** Whether a scenario is possible in a month (see `Scenario.condition`). */
function stands(scenario: Scenario, month: MonthFrame, setting: Setting): boolean {
  const until = setting.figures.directRecognitionUntil;
  switch (scenario.condition) {
    case 'always':
      return true;
    case 'with-history':
      return month.index !== setting.months[0]?.index;
    case 'two-counties':
      return setting.counties > 1;
    case 'clause-in-force':
      return until !== null && lastDay(monthFromIndex(month.index)) <= until;
    case 'clause-over':
      return until !== null && firstDay(monthFromIndex(month.index)) > until;
  }
}

/**
 * Creates the table `plant_case`: one row per scenario, month and copy. The month after the last one is
 * instantiated too, because some of its rows belong in the previous month's file: so a month's file stays the same
 * when more months are requested.
 */
async function createCases(
  sql: Sql,
  scenarios: readonly Scenario[],
  setting: Setting,
): Promise<void> {
  const last = setting.months.at(-1);
  if (last === undefined) return;
  const next: MonthFrame = { text: monthFromIndex(last.index + 1), index: last.index + 1 };
  const counts = copies(scenarios, setting.persons);
  const rows = [...setting.months, next].flatMap((month) =>
    scenarios
      .map((scenario, number) => ({ scenario, number }))
      .filter(({ scenario }) => stands(scenario, month, setting))
      .map(
        ({ scenario, number }) =>
          `(${number}, ${literal(id(scenario))}, ${literal(scenario.rule)}, ${literal(scenario.outcome)}, ` +
          `${literal(scenario.subject)}, ${scenario.who ?? 'NULL'}::INTEGER, ` +
          `${String(scenario.rows.some((row) => 'household_id' in row.cells))}, ` +
          `${month.index}, ${counts.get(scenario) ?? 1})`,
      ),
  );
  const months = setting.figures.watchMonths - 1;
  await sql.run(`
CREATE OR REPLACE MACRO first_day_beyond(day, months) AS list_filter(
  list_transform(range(0, 6), lambda n: (day - to_months(months))::DATE + n::INTEGER),
  lambda d: (d + to_months(months))::DATE > day)[1];
CREATE OR REPLACE TABLE plant_case AS
SELECT number, scenario, rule, outcome, subject, who, month, k,
  first_day(month) AS month_start,
  last_day(first_day(month)) AS month_end,
  first_day(month - ${months}) AS window_start,
  make_date((month // 12)::BIGINT, 1, 1) AS year_start,
  home.county, home.township, home.township || ${literal(PLANTED_VILLAGE)} AS village,
  other.county AS other_county, other.township AS other_township,
  CASE WHEN housed THEN plant_key('home', scenario, month, k) END AS household_id
FROM (
  SELECT *, (hash(plant_key('place', scenario, month, k)) % places)::INTEGER AS spot
  FROM (VALUES ${rows.join(',\n')}) AS v(number, scenario, rule, outcome, subject, who, housed, month, copies),
    range(copies) AS r(k), (SELECT count(*) AS places FROM place)
)
JOIN place AS home ON home.place = spot
LEFT JOIN (
  SELECT county, min_by(township, place) AS township,
    coalesce(lead(county) OVER (ORDER BY county), min(county) OVER ()) AS next_county
  FROM place GROUP BY county
) AS here ON here.county = home.county
LEFT JOIN (SELECT county, min_by(township, place) AS township FROM place GROUP BY county) AS other
  ON other.county = here.next_county
ORDER BY month, scenario, k;
`);
}

/** The cells of a planted row, in the dataset's column order. */
function cellsOf(scenario: Scenario, row: PlantedRow, position: number): string[] {
  const defaults: Record<string, string> = {
    person_id: personKey(row.person),
    county: 'c.county',
    ...(row.dataset === 'settlements' ? { bill_id: billId(String(position)) } : {}),
  };
  const cells = { ...defaults, ...row.cells };
  const { columns } = DATASETS[row.dataset];
  const unknown = Object.keys(cells).filter((name) => !columns.includes(name));
  if (unknown.length > 0) throw new Error(`${id(scenario)}: no column ${unknown.join(', ')}`);
  return columns.map((name) => `(${cells[name] ?? 'NULL'})::VARCHAR`);
}

/**
 * The SELECTs of a dataset's rows. Scenarios with the same row for a person share one, because most do (planning a
 * thousand SELECTs took longer than writing a small province). Bills and facts do not: of two rows of one bill the
 * later line counts.
 */
function selections(scenarios: readonly Scenario[], dataset: DatasetName): string[] {
  const alike = new Map<string, number[]>();
  scenarios.forEach((scenario, number) => {
    scenario.rows.forEach((row, position) => {
      if (row.dataset !== dataset) return;
      const cells = cellsOf(scenario, row, position).join(', ');
      const own = dataset === 'settlements' || dataset === 'facts' ? ` /* ${number} */` : '';
      const select = `SELECT month_text(c.month - ${row.monthsBack}), ${cells}${own}`;
      alike.set(select, [...(alike.get(select) ?? []), number]);
    });
  });
  // list_contains, not IN, which would become a join and lose the row order.
  return [...alike].map(
    ([select, numbers]) =>
      `${select} FROM plant_case AS c WHERE list_contains([${numbers.join(', ')}], c.number)`,
  );
}

/** The table of a dataset's planted rows: `file_month`, then the dataset's columns, all VARCHAR. */
export const plantTable = (dataset: DatasetName): string => `plant_${dataset}`;

/** Creates `plant_case` and the table of each dataset. */
export async function createPlants(
  sql: Sql,
  scenarios: readonly Scenario[],
  setting: Setting,
): Promise<void> {
  await createCases(sql, scenarios, setting);
  for (const name of DATASET_NAMES) {
    const columns = ['file_month', ...DATASETS[name].columns].map(
      (column) => `${identifier(column)} VARCHAR`,
    );
    await sql.run(`CREATE OR REPLACE TABLE ${plantTable(name)} (${columns.join(', ')})`);
    const rows = selections(scenarios, name);
    if (rows.length > 0) {
      await sql.run(`INSERT INTO ${plantTable(name)} ${rows.join('\nUNION ALL\n')}`);
    }
  }
}
