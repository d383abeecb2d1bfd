/** Numbered migrations, never edited once merged. Running them twice is harmless. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from './database.ts';
import { literal } from './sql.ts';

const folder = new URL('./migrations/', import.meta.url);

/** Brings the schema up to date, one migration per transaction, a CHECKPOINT before and after (no DDL beside data in the WAL). */
export async function migrate(database: Database): Promise<void> {
  await database.run('CREATE TABLE IF NOT EXISTS migration (name VARCHAR)');
  const done = new Set(
    (await database.rows<{ name: string }>('SELECT name FROM migration')).map((row) => row.name),
  );
  const open = readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && !done.has(name))
    .sort();
  if (open.length === 0) return;
  await database.run('CHECKPOINT');
  for (const name of open) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    await database.transaction(async (sql) => {
      await sql.run(text);
      await sql.run(`INSERT INTO migration VALUES (${literal(name)})`);
    });
  }
  await database.run('CHECKPOINT');
}
