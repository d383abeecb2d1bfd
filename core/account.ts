/**
 * Accounts: twelve roles, each with a region, and what lies in a region. The role says what a person may do, the region
 * says where; every request is checked against both.
 */
import { usageError } from './errors.ts';
import type { Divisions } from './region.ts';

export const ROLES = {
  village_assistant: '村级社会救助协理员',
  township_officer: '乡镇（街道）民政经办人员',
  township_leader: '乡镇（街道）分管领导',
  township_head: '乡镇长（街道主任）',
  county_civil_affairs: '县级民政部门',
  county_rural_revitalization: '县级乡村振兴部门',
  county_supervisor: '县级督查人员',
  prefecture_analyst: '市（州）分析人员',
  province_analyst: '省级分析人员',
  department_recipient: '名单接收部门',
  auditor: '审计人员',
  administrator: '系统管理员',
} as const satisfies Record<string, string>;

export type Role = keyof typeof ROLES;

type RegionLevel = 'province' | 'prefecture' | 'county' | 'township' | 'village';

/** Region levels allowed for each role. */
export const ROLE_LEVELS = {
  village_assistant: ['township', 'village'],
  township_officer: ['township'],
  township_leader: ['township'],
  township_head: ['township'],
  county_civil_affairs: ['county'],
  county_rural_revitalization: ['county'],
  county_supervisor: ['county'],
  prefecture_analyst: ['prefecture'],
  province_analyst: ['province'],
  department_recipient: ['county'],
  auditor: ['province', 'prefecture', 'county'],
  administrator: ['province'],
} as const satisfies Record<Role, readonly RegionLevel[]>;

/** Roles that review or confirm, and the one that creates accounts: they need a second factor to sign in (G30). */
export const SECOND_FACTOR: ReadonlySet<Role> = new Set<Role>([
  'township_leader',
  'township_head',
  'county_civil_affairs',
  'county_rural_revitalization',
  'administrator',
]);

/** The acting account: recorded with every decision and every reading of a person's record. */
export interface Actor {
  /** Name of the account; never a person's own name or number. */
  readonly name: string;
  readonly role: Role;
  /** Division code; a village has 12 digits. */
  readonly region: string;
}

/**
 * Whether a place lies in a region.
 * @param region division code of 6, 9 or 12 digits
 * @param place division code of 6, 9 or 12 digits; townships and villages need not be in the divisions file
 */
export function covers(divisions: Divisions, region: string, place: string): boolean {
  if (region.length === 12 || region.length === 9) return place.startsWith(region);
  const county = place.slice(0, 6);
  return divisions.find(county) !== undefined && divisions.lineage(county).includes(region);
}

/** Codes of the counties in a region, ascending; for a township or village, its county. */
export function countiesOf(divisions: Divisions, region: string): string[] {
  return divisions.counties
    .map(({ code }) => code)
    .filter((code) => divisions.lineage(code).includes(region.slice(0, 6)));
}

function levelOf(divisions: Divisions, region: string): RegionLevel | null {
  if (!/^\d+$/.test(region)) return null;
  // Divisions files do not list villages: checking the township is enough.
  if (region.length === 12)
    return divisions.find(region.slice(0, 9))?.level === 'township' ? 'village' : null;
  return divisions.find(region)?.level ?? null;
}

/**
 * Checks that an account with this role may have this region.
 * @throws MonitorError `usage` for an unknown region, or one of a level not allowed for the role
 */
export function checkRegion(divisions: Divisions, role: Role, region: string): void {
  const levels: readonly RegionLevel[] = ROLE_LEVELS[role];
  const level = levelOf(divisions, region);
  if (level === null)
    throw usageError(
      `'${region}' is not a division of ${divisions.province.name}`,
      'a code of 6 digits, of 9 for a township, of 12 for a village',
    );
  if (!levels.includes(level))
    throw usageError(`${role} is for a ${levels.join(' or ')}, and ${region} is a ${level}`);
}
