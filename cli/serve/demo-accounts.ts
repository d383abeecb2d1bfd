/** One account per role in one county, so that a demo can be viewed as every role. */
import { ROLE_LEVELS, ROLES, type Role } from '../../core/account.ts';
import type { Divisions } from '../../core/region.ts';
import {
  accountBook,
  addAccount,
  resetAccount,
  type AccountKeeper,
  type NewCredentials,
} from '../../store/accounts/accounts.ts';
import { openSecrets } from '../../store/accounts/secrets.ts';
import type { Held } from '../command.ts';

export interface DemoAccount extends NewCredentials {
  readonly name: string;
  readonly role: Role;
  readonly region: string;
}

/** The first county with known townships, and the widest place in or around it for each role. */
function regionsOf(divisions: Divisions): (role: Role) => string {
  const county = divisions.counties.find(({ code }) => divisions.townshipsOf(code).length > 0);
  const township = county === undefined ? undefined : divisions.townshipsOf(county.code)[0];
  const known = {
    province: divisions.province.code,
    prefecture: county?.parent ?? '',
    county: county?.code ?? '',
    township: township?.code ?? '',
    village: `${township?.code ?? ''}001`,
  };
  return (role) => known[ROLE_LEVELS[role][0]];
}

/** Created at the first start, reset at later ones: passwords are random and shown by the demo that set them. */
export async function demoAccounts({ store, deployment }: Held): Promise<DemoAccount[]> {
  const { divisions } = deployment;
  const parts: AccountKeeper = { store, divisions, secrets: openSecrets(store.home) };
  const regionOf = regionsOf(divisions);
  const made: DemoAccount[] = [];
  for (const role of Object.keys(ROLES) as Role[]) {
    const name = role.replaceAll('_', '-');
    const region = regionOf(role);
    const given =
      accountBook(store.records).find(name)?.active === true
        ? await resetAccount(parts, name, 'demo')
        : await addAccount(parts, { name, role, region, expires: null, by: 'demo' });
    made.push({ name, role, region, ...given });
  }
  return made;
}
