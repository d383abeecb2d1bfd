/** One delivered file, whatever its format, as a draft: every format goes through the same cells, gate and checks. */
import { join } from 'node:path';
import type { Sql } from '../../store/sql.ts';
import type { Contract } from './contract.ts';
import { draftCsv, draftTable, type ExtractDraft } from './draft.ts';
import { judgeStray, type Finding } from './gate.ts';
import { gunzip } from './gunzip.ts';
import { openParquet } from './parquet.ts';
import { prepareCsv } from './prepare.ts';
import type { ReadJob } from './read-job.ts';
import { identifiersOf } from './table.ts';

/** As `file_bytes` of a home's doudi.yaml. */
const UNPACKED_BYTES = 8 * 2 ** 30;

/** An identifier among the column names, so the names must not be quoted. */
interface Leak {
  readonly leak: Finding;
}

/** The first row of a file without header is a person. */
function leakIn(header: readonly string[]): Leak | null {
  const [first] = identifiersOf(header);
  return first === undefined ? null : { leak: { ...first, column: '' } };
}

/**
 * Libraries of rarer formats are loaded on demand: otherwise every reader would wait for them.
 * @throws Refused with the code of the contract
 */
export async function readDelivery(
  sql: Sql,
  contract: Contract,
  { folder, month, path, format, unpackedBytes }: ReadJob,
): Promise<ExtractDraft | Leak> {
  const csv = async (text: string): Promise<ExtractDraft | Leak> => {
    const prepared = await prepareCsv(text, join(folder, 'utf8.csv'));
    return leakIn(prepared.header) ?? (await draftCsv(sql, contract, month, folder, prepared));
  };
  switch (format ?? 'csv') {
    case 'csv':
      return csv(path);
    case 'csv.gz': {
      const unpacked = join(folder, 'unpacked.csv');
      await gunzip(path, unpacked, unpackedBytes ?? UNPACKED_BYTES);
      return csv(unpacked);
    }
    case 'parquet': {
      const file = await openParquet(sql, contract, path);
      return (
        leakIn(file.header) ?? (await file.read((table) => draftTable(sql, contract, month, table)))
      );
    }
    case 'arrow': {
      const { openArrow } = await import('./arrow.ts');
      const file = await openArrow(contract, path);
      return (
        leakIn(file.header) ??
        (await draftTable(sql, contract, month, await file.table(join(folder, 'lines.csv'))))
      );
    }
    case 'xlsx': {
      const { openWorkbook } = await import('./xlsx.ts');
      const book = await openWorkbook(contract, path, join(folder, 'lines.csv'));
      const leak = judgeStray(book.stray);
      return leak === null ? draftTable(sql, contract, month, book.table()) : { leak };
    }
  }
}
