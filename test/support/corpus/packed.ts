/** What is packed wrongly, and files under the name of another format. */
import { gzipSync } from 'node:zlib';
import { FORMATS } from '../../../files/extract/formats.ts';
import { zip } from '../formats/zip.ts';
import { refused, seeded, type Case } from './case.ts';
import { csvOf, SHEETS, WRITERS } from './sheets.ts';

const sheet = SHEETS['education/enrolment'];

function gzipped(): Case[] {
  const random = seeded(4);
  const packed = gzipSync(csvOf(sheet));
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(packed);
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
    return copy;
  };
  const made: (readonly [kind: string, what: string, content: Buffer])[] = [
    ...[0.1, 0.5, 0.9].map(
      (part) =>
        [
          'packed file cut',
          `at ${part * 100} %`,
          packed.subarray(0, Math.floor(packed.length * part)),
        ] as const,
    ),
    ['packed file cut', 'in its sum', packed.subarray(0, -3)],
    ['packed file damaged', 'in its sum', flipped(packed.length - 6)],
    ['packed file damaged', 'in its length', flipped(packed.length - 2)],
    ['bytes behind the packed file', 'text', Buffer.concat([packed, Buffer.from('rubbish')])],
    ['bytes behind the packed file', 'zeros', Buffer.concat([packed, Buffer.alloc(512)])],
    [
      'bytes behind the packed file',
      'half a member',
      Buffer.concat([packed, packed.subarray(0, 20)]),
    ],
    ['packed in another way', 'zip', zip([{ name: '2026-10.csv', content: csvOf(sheet) }])],
    ['packed in another way', 'bzip2', Buffer.from('BZh91AY&SY'.padEnd(400, 'x'))],
    ['packed in another way', 'not at all', Buffer.from(csvOf(sheet))],
  ];
  return [
    ...made.map(([kind, what, content]): Case => ({
      kind,
      what,
      format: 'csv.gz',
      content,
      expected: refused('unreadable'),
    })),
    {
      kind: 'nothing at all',
      what: 'packed',
      format: 'csv.gz',
      content: gzipSync(''),
      expected: refused('header-missing', 1, ''),
    },
    {
      kind: 'another format under this name',
      what: 'a packed workbook',
      format: 'csv.gz',
      content: gzipSync(WRITERS[5]?.write(sheet) ?? ''),
      expected: refused('encoding', 1, ''),
    },
    {
      kind: 'odd but whole',
      what: 'two members',
      format: 'csv.gz',
      content: Buffer.concat([
        gzipSync(csvOf(sheet).slice(0, 700)),
        gzipSync(csvOf(sheet).slice(700)),
      ]),
      expected: { outcome: 'loaded', rows: 40 },
    },
  ];
}

/** Every binary format under the name of every other one. */
function misnamed(): Case[] {
  return FORMATS.filter((format) => format !== 'csv').flatMap((format) =>
    WRITERS.filter((writer) => writer.format !== format).map((writer): Case => ({
      kind: 'another format under this name',
      what: `${writer.name} as .${format}`,
      format,
      content: writer.write(sheet),
      expected: refused('unreadable'),
    })),
  );
}

export const packed = (): Case[] => [...gzipped(), ...misnamed()];
