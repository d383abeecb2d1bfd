/** What a list declares: who tells whom what, on which clause, and the SELECT that gives its rows. */
import { assistance } from '../../connectors/civil-affairs/assistance.ts';
import { members } from '../../connectors/civil-affairs/members.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { monitored } from '../../connectors/rural-revitalization/monitored.ts';
import type { CellType } from './cells.ts';

/** Departments that lists come from or go to, by the folder's name, with the name on paper. */
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

/** Lists that no single department could make are found by comparing, and come from the platform. */
export type Sender = Agency | 'platform';

/** The datasets that lists read, as their `needs` names them. */
export const ASSISTANCE = sourceName(assistance);
export const MEMBERS = sourceName(members);
export const MONITORED = sourceName(monitored);

/** What a list may read, each as the name of a relation. M is the month of the list. */
export interface Relations {
  /** The extracts of M, in the columns of their contracts. */
  readonly assistance: string;
  readonly monitored: string;
  /** Those of M−1; empty when there is none. */
  readonly assistanceBefore: string;
  readonly monitoredBefore: string;
  /** `source, county`: the counties for which M−1's extract stands. */
  readonly knownBefore: string;
  /** `person_id, household_id`: the members of every home. */
  readonly member: string;
  /** `household_id, income`: per head and year, NULL when unknown. */
  readonly home: string;
  /** `rule, household_id, county`: the warnings of M. */
  readonly warning: string;
  /** `household_id, reason`: what the newest answer to a need lead says against the home. */
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
  /** What the list rests on: notice and clause, and the number in policy/requirements.md. */
  readonly clause: { readonly doc: string; readonly clause: string; readonly requirement: string };
  /** What the recipient may use it for: one sentence in Chinese. */
  readonly purpose: string;
  /** new: came in this month. full: everybody. case: homes to be looked into. */
  readonly kind: 'new' | 'full' | 'case';
  /** Datasets that must stand at M for a county; otherwise the county gets no such list. */
  readonly needs: readonly string[];
  /** Rules whose warnings it reads: where one was not evaluated the county gets no such list. */
  readonly rules?: readonly string[];
  /** Columns in their order with the type of their cells; `person_id` first. Nothing beyond them leaves the county. */
  readonly columns: Readonly<Record<string, CellType>>;
  /** A SELECT of `county` and the columns. */
  readonly select: (relations: Relations) => string;
}
