/** CSV on standard output, RFC 4180. */
import type { Invocation } from './command.ts';

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes a header and pages of rows. */
export async function writeCsv(
  invocation: Invocation,
  columns: readonly string[],
  pages: AsyncIterable<readonly object[]> | Iterable<readonly object[]>,
): Promise<void> {
  await invocation.out(`${columns.join(',')}\n`);
  for await (const page of pages) {
    const lines = page.map((row) =>
      columns.map((name) => cell((row as Record<string, unknown>)[name])).join(','),
    );
    if (lines.length > 0) await invocation.out(`${lines.join('\n')}\n`);
  }
}
