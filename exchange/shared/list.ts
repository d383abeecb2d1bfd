/** Declaration of a list: sender, recipient, content, clause, and the SELECT that gives its rows. */
import { assistance } from '../../connectors/civil-affairs/assistance.ts';
import { members } from '../../connectors/civil-affairs/members.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { monitored } from '../../connectors/rural-revitalization/monitored.ts';
import type { CellType } from './cells.ts';

/** Departments that lists come from or go to: folder name, and name on paper. */
export const AGENCIES = {
  'civil-affairs': '民政',
  'rural-revitalization': '乡村振兴',
  education: '教育',
  'human-resources': '人力资源社会保障',
  housing: '住房城乡建设',
  emergency: '应急管理',
  'medical-insurance': '医疗保障',
} as const;

export type Agency = keyof typeof AGENCIES;

/** Lists that need several departments' data are found by comparison and come from the platform. */
export type Sender = Agency | 'platform';

/** The datasets lists read, by their names in `needs`. */
export const ASSISTANCE = sourceName(assistance);
export const MEMBERS = sourceName(members);
export const MONITORED = sourceName(monitored);

/** What a list may read, each as a relation name. M is the month of the list. */
export interface Relations {
  /** The extracts of M, with the columns of their contracts. */
  readonly assistance: string;
  readonly monitored: string;
  /** Those of M−1; empty if missing. */
  readonly assistanceBefore: string;
  readonly monitoredBefore: string;
  /** `source, county`: the counties covered by M−1's extract. */
  readonly knownBefore: string;
  /** `person_id, household_id`: the members of every home. */
  readonly member: string;
  /** `household_id, income`: per head and year, NULL when unknown. */
  readonly home: string;
  /** `rule, household_id, county`: the warnings of M. */
  readonly warning: string;
  /** `household_id, reason`: the newest negative answer to the home's need lead. */
  readonly answer: string;
  /** First and last day of M, as SQL. */
  readonly monthStart: string;
  readonly monthEnd: string;
}

export interface List {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  readonly from: Sender;
  readonly recipients: readonly Agency[];
  /** The legal basis: notice and clause, and the number in policy/requirements.md. */
  readonly clause: { readonly doc: string; readonly clause: string; readonly requirement: string };
  /** Permitted use by the recipient: one sentence in Chinese. */
  readonly purpose: string;
  /** new: entered this month. full: everybody. case: homes to look into. */
  readonly kind: 'new' | 'full' | 'case';
  /** Datasets required for a county at M; without them the county gets no list. */
  readonly needs: readonly string[];
  /** Rules whose warnings it reads: if one was not evaluated the county gets no list. */
  readonly rules?: readonly string[];
  /** Columns in order with their cell types; `person_id` first. Nothing else leaves the county. */
  readonly columns: Readonly<Record<string, CellType>>;
  /** A SELECT of `county` and the columns. */
  readonly select: (relations: Relations) => string;
}
