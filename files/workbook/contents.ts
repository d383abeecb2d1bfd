/** A workbook's contents: its sheets in order, shared strings, and which cell styles are dates. */
import { posix } from 'node:path';
import { Refused } from '../../core/refused.ts';
import { readXml } from './xml.ts';
import { unreadable, type ZipParts } from './zip.ts';

export interface Sheet {
  /** From 1, in tab order. */
  readonly position: number;
  readonly visible: boolean;
  readonly part: string;
}

export interface Contents {
  readonly sheets: readonly Sheet[];
  readonly texts: readonly string[];
  /** By cell style index. */
  readonly dates: ReadonlySet<number>;
  /** Whether days count from 1904 instead of 1900. */
  readonly from1904: boolean;
}

/** As many shared strings as cells: two million. */
const MAX_TEXTS = 2_000_000;

interface Relation {
  readonly type: string;
  readonly target: string;
}

async function relationsOf(parts: ZipParts, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found = new Map<string, Relation>();
  if (!parts.has(name)) return found;
  await readXml(parts.read(name), {
    open(element, at) {
      if (element !== 'Relationship' || at['TargetMode'] === 'External') return;
      const target = at['Target'] ?? '';
      found.set(at['Id'] ?? '', {
        type: (at['Type'] ?? '').split('/').at(-1) ?? '',
        target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
    },
  });
  return found;
}

/** `_x000D_` etc. are escapes for characters that XML cannot carry. */
export const unescape = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** Collects the text of an item's `t` elements, except phonetic ones. */
export class ItemText {
  private text = '';
  private inText = false;
  private phonetic = 0;

  open(name: string): void {
    if (name === 'rPh') this.phonetic += 1;
    this.inText = name === 't' && this.phonetic === 0;
  }

  add(text: string): void {
    if (this.inText) this.text += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.phonetic -= 1;
    if (name === 't') this.inText = false;
  }

  take(): string {
    const { text } = this;
    this.text = '';
    return unescape(text);
  }
}

async function readTexts(parts: ZipParts, part: string): Promise<string[]> {
  const texts: string[] = [];
  const item = new ItemText();
  await readXml(parts.read(part), {
    open(name) {
      item.open(name);
    },
    text(text) {
      item.add(text);
    },
    close(name) {
      item.close(name);
      if (name !== 'si') return;
      if (texts.length >= MAX_TEXTS)
        throw new Refused('too-large', 'the workbook has too many texts', {
          accepts: `at most ${MAX_TEXTS}`,
        });
      texts.push(item.take());
    },
  });
  return texts;
}

/** Built-in formats that show a date (ECMA-376 part 1, 18.8.30); 27–36 and 50–58 are those of Chinese Excel. */
const isDateId = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** Whether the format shows a day or a time. Quoted, escaped or bracketed parts are not date fields. */
export function isDateFormat(code: string): boolean {
  const fields = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return !/general/i.test(fields) && /[ymdhs]/i.test(fields);
}

async function readDates(parts: ZipParts, part: string): Promise<Set<number>> {
  const own = new Map<number, boolean>();
  const dates = new Set<number>();
  let inCells = false;
  let style = 0;
  await readXml(parts.read(part), {
    open(name, at) {
      if (name === 'numFmt')
        own.set(Number(at['numFmtId'] ?? -1), isDateFormat(at['formatCode'] ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(at['numFmtId'] ?? 0);
      if (own.get(id) ?? isDateId(id)) dates.add(style);
      style += 1;
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}

/** @throws Refused `unreadable`, `too-large` */
export async function readContents(parts: ZipParts): Promise<Contents> {
  const root = [...(await relationsOf(parts, '')).values()];
  const book = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!parts.has(book)) throw unreadable('an archive without a workbook in it');
  const relations = await relationsOf(parts, book);
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readXml(parts.read(book), {
    open(name, at) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(at['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(at).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const relation = relations.get(id);
      // A chart sheet has no cells.
      if (relation?.type !== 'worksheet') return;
      sheets.push({
        position: sheets.length + 1,
        visible: (at['state'] ?? 'visible') === 'visible',
        part: relation.target,
      });
    },
  });
  const partOf = (wanted: string): string | undefined =>
    [...relations.values()].find(({ type }) => type === wanted)?.target;
  const [texts, styles] = [partOf('sharedStrings'), partOf('styles')];
  return {
    sheets,
    from1904,
    texts: texts !== undefined && parts.has(texts) ? await readTexts(parts, texts) : [],
    dates:
      styles !== undefined && parts.has(styles)
        ? await readDates(parts, styles)
        : new Set<number>(),
  };
}
