/** The extracts, versions and lines behind a rule's result for one subject. */
import { existsSync } from 'node:fs';
import { sourceName, type Contract } from '../../files/extract/contract.ts';
import { readOf } from '../../core/field.ts';
import { addMonths, type Month } from '../../core/month.ts';
import { lakeFile } from '../../store/lake.ts';
import { literal, parquet } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { mentionsOfRule } from '../check.ts';
import type { Fields } from '../fields.ts';
import type { Rule } from '../schema.ts';
import { evaluatedFrom, type ReadExtract } from '../evaluated.ts';

export interface SourceLines {
  readonly source: string;
  readonly title: string;
  readonly month: Month;
  readonly version: number;
  /** Lines of the delivered file; the header is line 1. */
  readonly lines: readonly number[];
  /** Rows beyond those listed. */
  readonly more: number;
}

/** Most lines listed per file; a chronically ill person has hundreds of bills. */
const MOST = 20;

export interface ExplainedSubject {
  readonly store: Store;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly fields: Fields;
  readonly rule: Rule;
  readonly month: Month;
  /** 32 hex digits each. */
  readonly person: string | null;
  /** Members of the home, including the person. */
  readonly members: readonly string[];
}

/** Whose rows in which extracts: a home's field reads those of all members. */
function wanted({
  rule,
  fields,
  person,
  members,
}: ExplainedSubject): Map<string, readonly string[]> {
  const reads = new Map<string, readonly string[]>();
  for (const name of mentionsOfRule(rule).fields) {
    const field = fields.get(name);
    if (field === undefined) continue;
    const own = field.of === 'person' && person !== null ? [person] : members;
    for (const read of [...field.reads, ...field.narrows])
      if ((reads.get(read) ?? []).length < own.length) reads.set(read, own);
  }
  for (const read of rule.needs) if (!reads.has(read)) reads.set(read, members);
  return reads;
}

async function linesIn(store: Store, path: string, persons: readonly string[]): Promise<number[]> {
  const ids = persons.map((id) => `${literal(id)}::UUID`).join(', ');
  const rows = await store.sql.rows<{ line: number }>(
    `SELECT line::INTEGER AS line FROM ${parquet(path)} WHERE person_id IN (${ids}) ORDER BY line`,
  );
  return rows.map(({ line }) => line);
}

/** @returns one entry per file with a row of the subject, by source and month */
export async function sourceLines(asked: ExplainedSubject): Promise<SourceLines[]> {
  const { store, contracts, month } = asked;
  const read = (await evaluatedFrom({ store, month })) ?? [];
  const found: SourceLines[] = [];
  const reads = [...wanted(asked)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, persons] of reads) {
    const { source, before } = readOf(name);
    const contract = contracts.get(source);
    if (contract === undefined || persons.length === 0) continue;
    const at = addMonths(month, -before);
    const counts = ({ source: of, month: file }: ReadExtract): boolean =>
      of === sourceName(contract) && (contract.nature === 'cumulative' ? file <= at : file === at);
    for (const { month: file, version } of read.filter(counts)) {
      const key = { agency: contract.agency, dataset: contract.dataset, month: file };
      const path = lakeFile(store.home, key, version);
      if (!existsSync(path)) continue;
      const lines = await linesIn(store, path, persons);
      if (lines.length > 0)
        found.push({
          source,
          title: contract.title,
          month: file,
          version,
          lines: lines.slice(0, MOST),
          more: Math.max(0, lines.length - MOST),
        });
    }
  }
  return found;
}
