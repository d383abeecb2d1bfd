/** The one sheet of a workbook as Excel would show it, read independently of what wrote it. */
import { text } from 'node:stream/consumers';
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';

/** All parts of a zip file, in its order, as text. */
export function partsOf(file: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, string>();
    yauzl.fromBuffer(file, { lazyEntries: true }, (fault, zip) => {
      if (fault !== null) {
        reject(fault);
        return;
      }
      zip.on('error', reject);
      zip.on('end', () => {
        resolve(parts);
      });
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, (bad, stream) => {
          if (bad !== null) {
            reject(bad);
            return;
          }
          text(stream).then((content) => {
            parts.set(entry.fileName, content);
            zip.readEntry();
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
}

/** Rows of text cells by their letter; every part is well-formed XML. */
export async function readSheet(file: Buffer): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const [name, xml] of await partsOf(file)) {
    const parser = new SaxesParser();
    let place = '';
    parser.on('opentag', ({ name: tag, attributes }) => {
      if (tag === 'f') throw new Error('a formula');
      if (tag === 'row') rows[Number(attributes['r']) - 1] = {};
      if (tag === 'c') {
        if (attributes['t'] !== 'inlineStr') throw new Error('a cell that is no text');
        place = String(attributes['r']);
      }
    });
    parser.on('text', (content) => {
      const [, letters, number] = /^([A-Z]+)(\d+)$/.exec(place) ?? [];
      if (letters === undefined) return;
      const row = rows[Number(number) - 1] ?? {};
      row[letters] = (row[letters] ?? '') + content.replace(/_x005F_/g, '_');
    });
    parser.on('closetag', ({ name: tag }) => {
      if (tag === 'c') place = '';
    });
    parser.on('error', (error) => {
      throw new Error(`${name}: ${error.message}`);
    });
    parser.write(xml).close();
  }
  return rows;
}

/** The rows below the header, each by the header's titles. */
export async function readTable(
  file: Buffer,
): Promise<{ title: string; header: string[]; rows: Record<string, string>[] }> {
  const [first = {}, second = {}, ...rest] = await readSheet(file);
  const titles = Object.entries(second);
  return {
    title: first['A'] ?? '',
    header: titles.map(([, name]) => name),
    rows: rest.map((row) =>
      Object.fromEntries(titles.map(([letter, name]) => [name, row[letter] ?? ''])),
    ),
  };
}
