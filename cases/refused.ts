/** Thrown when an action was refused, with what the caller needs to know. */
import { MonitorError } from '../core/errors.ts';
import { ROLES, type Actor } from '../core/account.ts';
import type { Refusal } from './gates/gate.ts';
import type { CaseState } from './state.ts';
import { TITLES, type Action } from './tables.ts';

/** Codes: `case-unknown`, `case-changed`, `key-reused`, `case-role`, `case-stage`, `case-gate`. */
export class CaseRefused extends MonitorError {
  /** In the clerk's words. */
  readonly zh: string;
  /** The closed gate, or null. */
  readonly gate: string | null;
  /** Number of actions of the case; null if it must not be disclosed. */
  readonly version: number | null;

  constructor(
    code: string,
    en: string,
    zh: string,
    more: { gate?: string; version?: number } = {},
  ) {
    super(code, en, { severity: 'reject' });
    this.zh = zh;
    this.gate = more.gate ?? null;
    this.version = more.version ?? null;
  }
}

export function unknownCase(): CaseRefused {
  return new CaseRefused('case-unknown', 'there is no such case', '没有这条线索');
}

export function refused(refusal: Refusal, { version }: CaseState): CaseRefused {
  return new CaseRefused(`case-${refusal.kind}`, refusal.en, refusal.zh, {
    gate: refusal.code,
    version,
  });
}

/** Somebody else acted first: who, with what, and when. */
export function changed({ version, last }: CaseState): CaseRefused {
  const said = (action: string, by: Actor, at: string): readonly [string, string] => [
    `${by.name} (${by.role}) was first: ${action} at ${at}`,
    `${ROLES[by.role]}（${by.name}）已先办理：${TITLES[action as Action]}，${at}`,
  ];
  const [en, zh] =
    last === null
      ? ['the case stands at an earlier action', '版本号有误']
      : said(last.action, last.by, last.at);
  return new CaseRefused('case-changed', en, zh, { version });
}
