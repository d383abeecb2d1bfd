/** The subjects `extract` and `delivery`: what each department delivered for each county, and its condition. */
import { readFileSync } from 'node:fs';
import { literal, textList } from '../../store/sql.ts';
import type { WorkQuestion } from './asked.ts';
import { columnsOf } from './content.ts';

const SQL = readFileSync(new URL('extracts.sql', import.meta.url), 'utf8');

/** Fills `work_extract` and `work_delivery`. */
export async function fillExtracts({ store, deployment }: WorkQuestion): Promise<void> {
  const ids = new Set([...deployment.contracts.values()].flatMap((one) => columnsOf(one, 'id')));
  await store.sql.run(`SET VARIABLE province = ${literal(deployment.divisions.province.code)};
    SET VARIABLE id_columns = ${textList([...ids].sort())};
    ${SQL}`);
}
