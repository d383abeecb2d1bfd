/** What a reader may see: some counties, and their counts exactly or protected. */
import { countiesOf } from '../../core/account.ts';
import { MonitorError, usageError } from '../../core/errors.ts';
import type { Reader, Sight } from '../../core/readers.ts';
import type { Divisions } from '../../core/region.ts';

export interface Scope {
  /** Name of the program that asks, for the log. */
  readonly reader: string;
  /** Code of the division that is the whole of it. */
  readonly region: string;
  /** County codes, ascending. */
  readonly counties: readonly string[];
  /** The whole province: figures that belong to no county are seen too. */
  readonly whole: boolean;
  /** false: small counts are masked and the others rounded. */
  readonly exact: boolean;
}

/** Codes of the counties in a division, ascending. */
export function countiesIn(divisions: Divisions, region: string): string[] {
  return divisions.find(region) === undefined ? [] : countiesOf(divisions, region);
}

/** The whole province with exact counts: whoever sits at the machine or knows its key. */
export function officeScope(divisions: Divisions): Scope {
  return scopeFor('office', { region: null, counts: 'exact' }, divisions);
}

/** What an account may see: exact counts of its region; figures are kept by county, so a township's are its county's. */
export function accountScope(name: string, region: string, divisions: Divisions): Scope {
  return scopeFor(name, { region: region.slice(0, 6), counts: 'exact' }, divisions);
}

function scopeFor(reader: string, sight: Sight, divisions: Divisions): Scope {
  const region = sight.region ?? divisions.province.code;
  return {
    reader,
    region,
    counties: countiesIn(divisions, region),
    whole: region === divisions.province.code,
    exact: sight.counts === 'exact',
  };
}

/** What Grafana's backend sends while it evaluates an alert: there is no user then (grafana.md, section 4). */
const NOBODY = '${__user.login}';

function sightOf(reader: Reader, headers: readonly string[]): Sight {
  if (reader.userHeader === null) return reader;
  const [user = '', ...more] = headers;
  // A query may add a header beside the data source's own: two names are no name.
  if (more.length > 0 || user.includes(','))
    throw usageError(`${reader.userHeader} names more than one user`);
  if (user.trim() === '')
    throw new MonitorError('user', `${reader.userHeader} names no user`, {
      fix: 'the program in front must send the name of whoever asks (docs/grafana.md)',
    });
  if (user === NOBODY || reader.users === null) return reader;
  const sight = reader.users.get(user);
  if (sight === undefined)
    throw new MonitorError('user', 'this user may not see these figures', {
      fix: `name the user under readers.${reader.name}.users in doudi.yaml`,
    });
  return sight;
}

/**
 * @param headers every value of the reader's user header in the request
 * @throws MonitorError `usage` for a doubled header, `user` for nobody or a stranger
 */
export function scopeOf(reader: Reader, headers: readonly string[], divisions: Divisions): Scope {
  return scopeFor(reader.name, sightOf(reader, headers), divisions);
}

/** @throws MonitorError `config` naming every region of a reader that is none, or lies outside the program's own */
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
