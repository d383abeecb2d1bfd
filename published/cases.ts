/** Published tables about cases and the annual check, besides the SELECTs of `published/publish-cases.sql`. */
import { readFileSync } from 'node:fs';
import { shanghaiDate } from '../core/clock.ts';
import { lastDay, parseMonth } from '../core/month.ts';
import { literal, textList } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import {
  CIVIL_EXIT,
  CIVIL_NEED,
  FALSE_ALARMS,
  NEEDS_APPLICATION,
  PUBLICISED_RURAL,
  RURAL,
} from '../cases/findings.ts';
import { PASSAGES } from '../cases/passages.ts';
import { CLOCKS, LATE } from '../cases/running.ts';
import { STAGES } from '../cases/stages.ts';
import { ACTION_NAMES, actionOf } from '../cases/tables.ts';
import { casesOf, lookUp } from '../warnings/parameters.ts';
import { workOutClocks } from '../cases/clocks.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { valuesOf } from './values.ts';

const CASES = readFileSync(new URL('cases.sql', import.meta.url), 'utf8');
const CAMPAIGN = readFileSync(new URL('campaign.sql', import.meta.url), 'utf8');

const LEVELS = { soon: '即将到期', over: '已逾期', escalated: '已上报督办' } as const;

const RESIDENCES = [
  { residence: 'rural', title: '农村', campaign: 'campaign-rural' },
  { residence: 'urban', title: '城市', campaign: 'campaign-urban' },
] as const;

const MILESTONES: Readonly<Record<string, string>> = {
  'plan-to': '方案形成',
  'mobilise-from': '动员部署开始',
  'mobilise-to': '动员部署结束',
  'material-due': '专班及公告资料报县',
  'visits-from': '入户核查开始',
  'visits-to': '入户核查完成',
  'acceptance-from': '验收开始',
  'acceptance-to': '验收完成',
  'archive-due': '建档截止',
  'confirmed-to': '审核确认和录入完成',
  'paid-to': '待遇兑现',
  'look-back-from': '“回头看”开始',
  'look-back-to': '“回头看”结束',
};

/** Chinese for the codes in the tables about cases: stage, gate, clock, level, civil, rural, code. */
function caseNames(): string {
  const alarms = Object.entries(FALSE_ALARMS).map(([code, { title }]) => [code, title] as const);
  const kinds: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    stage: Object.entries(STAGES),
    gate: Object.entries(PASSAGES),
    clock: Object.entries(CLOCKS),
    level: Object.entries(LEVELS),
    civil: Object.entries({ ...CIVIL_NEED, ...CIVIL_EXIT }),
    rural: Object.entries(RURAL),
    code: alarms,
  };
  return valuesOf(
    { kind: 'text', code: 'text', title: 'text', place: 'whole' },
    Object.entries(kinds).flatMap(([kind, names]) =>
      names.map(([code, title], place) => [kind, code, title, place]),
    ),
  );
}

/** Days of the annual check in force today, by county, residence and milestone. */
function milestones({ rules, divisions }: Deployment, day: string): string {
  const { parameters } = rules;
  const rows = RESIDENCES.flatMap(({ residence, title, campaign: name }) => {
    const definition = parameters.definitions.get(name);
    return divisions.counties.flatMap(({ code }) =>
      (definition === undefined ? [] : casesOf(definition)).flatMap((where) => {
        const found = lookUp(parameters, divisions, name, code, day, where);
        const milestone = where['milestone'] ?? '';
        return found === null
          ? []
          : [
              [
                code,
                residence,
                title,
                milestone,
                MILESTONES[milestone] ?? milestone,
                String(found.value),
              ],
            ];
      }),
    );
  });
  return valuesOf(
    {
      county: 'text',
      residence: 'text',
      residence_title: 'text',
      milestone: 'text',
      title: 'text',
      day: 'text',
    },
    rows,
  );
}

/** What the county's notices require today for visits and spot checks, shares of 1. */
function leastShares({ rules, divisions }: Deployment, day: string): string {
  return valuesOf(
    { county: 'text', least_coverage: 'share', least_checked: 'share' },
    divisions.counties.map(({ code }) => [
      code,
      ...(['visit-coverage', 'spot-check-share'] as const).map((name) => {
        const found = lookUp(rules.parameters, divisions, name, code, day, {});
        return found === null ? null : Number(found.value);
      }),
    ]),
  );
}

/** Homes a township can visit, for every month and county with a visit. */
async function capacities({ sql }: Store, { rules, divisions }: Deployment): Promise<string> {
  const made = await sql.rows<{ month: string; county: string }>(
    `SELECT DISTINCT substr(day, 1, 7) AS month, county FROM standing_act WHERE action IN ('visit', 'attempt')`,
  );
  return valuesOf(
    { month: 'text', county: 'text', capacity: 'whole' },
    made.map(({ month, county }) => {
      const day = lastDay(parseMonth(month));
      const found = lookUp(rules.parameters, divisions, 'visit-capacity-month', county, day, {});
      return [month, county, found === null ? null : Number(found.value)];
    }),
  );
}

/** Stages that an action passes: action, role (null: any), passage, last_signature. */
function passings(): string {
  return valuesOf(
    { action: 'text', role: 'text', passage: 'text', last_signature: 'yes' },
    ACTION_NAMES.flatMap((name) =>
      (actionOf(name).passes ?? []).map(({ passage, by, lastSignature }) => [
        name,
        by ?? null,
        passage,
        lastSignature === true,
      ]),
    ),
  );
}

/** Actions that restart the count of signatures. */
const NEW_ROUND = ACTION_NAMES.filter((name) => actionOf(name).newRound === true);

/**
 * Creates the temporary tables read by `published/publish-cases.sql`.
 * @returns the tables filled by the program itself
 */
export async function tabulateCases(
  store: Store,
  deployment: Deployment,
): Promise<Readonly<Record<string, string>>> {
  const { sql } = store;
  const day = shanghaiDate(store.clock);
  await workOutClocks(store, deployment);
  await sql.run(`SET VARIABLE day = ${literal(day)};
    SET VARIABLE year_start = ${literal(`${day.slice(0, 4)}-01-01`)};
    SET VARIABLE late = ${textList([...LATE])};
    SET VARIABLE new_round = ${textList(NEW_ROUND)};
    CREATE OR REPLACE TEMP TABLE case_passing AS ${passings()};
    SET VARIABLE enrolled_civil = ${textList([...NEEDS_APPLICATION])};
    SET VARIABLE enrolled_rural = ${textList([...PUBLICISED_RURAL])};
    ${CASES}
    ${CAMPAIGN}`);
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE visit_capacity AS ${await capacities(store, deployment)}`,
  );
  return {
    case_name: caseNames(),
    campaign_milestone: milestones(deployment, day),
    campaign_least: leastShares(deployment, day),
  };
}
