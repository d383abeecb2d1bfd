/** What a reader may see: some counties, and their counts exactly or protected. */
import { countiesOf } from '../../core/account.ts';
import { MonitorError } from '../../core/errors.ts';
import type { Reader, Sight } from '../../core/readers.ts';
import type { Divisions } from '../../core/region.ts';
import type { AuditFact } from '../../store/audit/chain.ts';

/** The reader's name in the audit, and the path used, e.g. `GET /rows`. */
export type Asker = Pick<AuditFact, 'account' | 'role' | 'region' | 'route'>;

export interface Scope {
  readonly asker: Asker;
  /** Code of the division that covers the whole scope. */
  readonly region: string;
  /** County codes, ascending. */
  readonly counties: readonly string[];
  /** The whole province: includes figures that belong to no county. */
  readonly whole: boolean;
  /** false: small counts are masked and the others rounded. */
  readonly exact: boolean;
  /** Division code of the leads that may be read, of 6, 9 or 12 digits; null: none. */
  readonly leads: string | null;
  /** Only the queries for alert rules (`dashboards/alerts`). */
  readonly alertsOnly: boolean;
}

/** Codes of the counties in a division, ascending. */
export function countiesIn(divisions: Divisions, region: string): string[] {
  return divisions.find(region) === undefined ? [] : countiesOf(divisions, region);
}

/** The whole province, figures and leads: for anybody at the machine or with its key. */
export function operatorScope(asker: Asker, divisions: Divisions): Scope {
  const whole = scopeFor(asker, { region: null, counts: 'exact' }, divisions);
  return { ...whole, leads: divisions.province.code };
}

/**
 * What an account may see: exact counts of its region; figures are kept by county, so a township gets its county's.
 * @param leads whether its role may read leads: only those of its own region, never the county's
 */
export function accountScope(
  asker: Asker,
  region: string,
  leads: boolean,
  divisions: Divisions,
): Scope {
  const figures = scopeFor(asker, { region: region.slice(0, 6), counts: 'exact' }, divisions);
  return { ...figures, leads: leads ? region : null };
}

function scopeFor(asker: Asker, sight: Sight, divisions: Divisions): Scope {
  const region = sight.region ?? divisions.province.code;
  return {
    asker,
    region,
    counties: countiesIn(divisions, region),
    whole: region === divisions.province.code,
    exact: sight.counts === 'exact',
    leads: null,
    alertsOnly: false,
  };
}

/**
 * Sent by Grafana's backend while it evaluates an alert rule, when there is no user to fill in. Any Grafana user
 * can choose it as a login, so it identifies nobody.
 */
const NOT_FILLED_IN = '${__user.login}';

const refused = (message: string, fix: string): MonitorError =>
  new MonitorError('user', message, { severity: 'reject', fix });

/** Alert rules have no user: a request naming one was sent by a viewer through the alert rules' data source. */
function checkNobody(headers: readonly string[]): void {
  const [user = '', ...more] = headers;
  if (more.length === 0 && (user.trim() === '' || user === NOT_FILLED_IN)) return;
  throw refused(
    'this token is for alert rules, which run without a user',
    'dashboards ask with the token of their own reader (docs/grafana.md)',
  );
}

function sightOf(reader: Reader, header: string, headers: readonly string[]): Sight {
  const [user = '', ...more] = headers;
  // A query may add a header to the data source's own: two names identify nobody.
  if (more.length > 0 || user.includes(','))
    throw refused(
      `${header} names more than one user`,
      'one header with one name, as the data source sends it',
    );
  if (user.trim() === '' || user.trim() === NOT_FILLED_IN)
    throw refused(
      `${header} names no user`,
      'the program in front must send the user’s name; alert rules have their own token (docs/grafana.md)',
    );
  if (reader.users === null) return reader;
  const sight = reader.users.get(user);
  if (sight === undefined)
    throw refused(
      'this user may not see these figures',
      `name the user under readers.${reader.name}.users in doudi.yaml`,
    );
  return sight;
}

/**
 * What a reader's token may see. Leads are for accounts, never for a reader.
 * @param headers every value of the reader's user header in the request
 * @throws MonitorError `user` unless the headers name exactly one user on the reader's list, or none for alert
 * rules
 */
export function scopeOf(
  reader: Reader,
  headers: readonly string[],
  asker: Asker,
  divisions: Divisions,
): Scope {
  const { userHeader, alerts } = reader;
  if (alerts) {
    checkNobody(headers);
    return { ...scopeFor(asker, reader, divisions), alertsOnly: true };
  }
  const sight = userHeader === null ? reader : sightOf(reader, userHeader, headers);
  return scopeFor(asker, sight, divisions);
}

/** @throws MonitorError `config` naming every reader's region that does not exist or lies outside the program's own */
export function checkReaders(readers: readonly Reader[], divisions: Divisions): void {
  const faults = readers.flatMap((reader) => {
    const own = countiesIn(divisions, reader.region ?? divisions.province.code);
    const inside = ({ region }: Sight, place: string): string[] => {
      const counties = countiesIn(divisions, region ?? divisions.province.code);
      const wider = counties.length === 0 || counties.some((county) => !own.includes(county));
      return wider ? [`${place}: ${region ?? divisions.province.code} is no region inside it`] : [];
    };
    const place = `readers.${reader.name}`;
    return [
      ...inside(reader, place),
      ...[...(reader.users ?? [])].flatMap(([, sight]) => inside(sight, `${place}.users`)),
    ];
  });
  if (faults.length > 0)
    throw new MonitorError('config', `doudi.yaml: ${faults.join('; ')}`, { exitCode: 2 });
}
