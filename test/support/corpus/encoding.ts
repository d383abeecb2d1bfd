/** Text in an encoding that is none, or not the one that it says. */
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { refused, seeded, type Case, type Expected } from './case.ts';
import { csvOf, SHEETS, type Sheet } from './sheets.ts';

/** With Chinese titles and labels, so that there is something to encode. */
const CHINESE: Sheet = {
  header: ['人员编号', '县区代码', '学段', '学籍状态', '年资助金额', '年自付金额', '毕业年月'],
  rows: SHEETS['education/enrolment'].rows.map((row) => row.with(2, '小学').with(3, '在读')),
};

const encode = (text: string, encoding: string): Buffer =>
  execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text });

/** The bytes with others in the place of those at the beginning of the second cell of a line. */
function spoilt(bytes: Buffer, line: number, by: readonly number[]): Buffer {
  let at = -1;
  for (let seen = 1; seen < line; seen += 1) at = bytes.indexOf(0x0a, at + 1);
  const comma = bytes.indexOf(0x2c, at + 1);
  return Buffer.concat([bytes.subarray(0, comma + 1), Buffer.from(by), bytes.subarray(comma + 1)]);
}

interface Encoded {
  readonly kind: string;
  readonly what: string;
  readonly bytes: Buffer;
  readonly expected: Expected;
}

function encoded(): Encoded[] {
  const random = seeded(3);
  const text = csvOf(CHINESE);
  const utf8 = Buffer.from(text);
  const gb = encode(text, 'GB18030');
  const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
  const result: Encoded[] = [];
  const add = (kind: string, what: string, bytes: Buffer, expected: Expected): void => {
    result.push({ kind, what, bytes, expected });
  };
  for (const [what, wrong] of [
    ['a byte that is in no text', [0xff]],
    ['half a character', [0xe5, 0xad]],
    ['a follower without a leader', [0x9f, 0xbf, 0xbf]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a pair of UTF-16', [0xed, 0xa0, 0x80]],
  ] as const) {
    const line = 2 + random(38);
    add(
      'UTF-8 with wrong bytes',
      `${what}, line ${line}`,
      spoilt(utf8, line, wrong),
      refused('encoding', line),
    );
  }
  for (const [what, wrong] of [
    ['a byte that is in no text', [0xff]],
    ['half a character', [0xb0]],
    ['half a character of four', [0x81, 0x30]],
  ] as const) {
    const line = 2 + random(38);
    add(
      'GB18030 with wrong bytes',
      `${what}, line ${line}`,
      spoilt(gb, line, wrong),
      refused('encoding', line),
    );
  }
  // Cut behind the first byte of a character of the last line.
  const last = utf8.lastIndexOf(Buffer.from('在读'));
  add('cut inside a character', 'UTF-8', utf8.subarray(0, last + 1), refused('encoding', 41));
  const lastGb = gb.lastIndexOf(encode('在读', 'GB18030'));
  add('cut inside a character', 'GB18030', gb.subarray(0, lastGb + 1), refused('encoding', 41));
  add('cut inside a character', 'UTF-16', wide.subarray(0, -1), refused('encoding', 41));
  add(
    'another mark than its text',
    'UTF-8 mark, GB18030',
    Buffer.concat([Buffer.from('\uFEFF'), gb]),
    refused('encoding', 1),
  );
  add(
    'another mark than its text',
    'GB18030 mark, UTF-8',
    Buffer.concat([
      Buffer.from([0x84, 0x31, 0x95, 0x33]),
      utf8.subarray(0, 31),
      Buffer.from([0xff, 0xff]),
    ]),
    refused('encoding', 1),
  );
  add(
    'UTF-16 without a mark',
    'little end first',
    Buffer.from(csvOf(SHEETS['education/enrolment']), 'utf16le'),
    refused('unreadable', 1),
  );
  add(
    'UTF-16 without a mark',
    'big end first',
    Buffer.from(csvOf(SHEETS['education/enrolment']), 'utf16le').swap16(),
    refused('unreadable', 1),
  );
  add(
    'encoding that is not read',
    'UTF-32',
    encode(`\uFEFF${text}`, 'UTF-32LE'),
    refused('unreadable', 1),
  );
  add(
    'encoding that is not read',
    'UTF-7',
    encode(text, 'UTF-7'),
    refused('header-missing', 1, 'person_id'),
  );
  return result;
}

export function encoding(): Case[] {
  return encoded().flatMap(({ kind, what, bytes, expected }): Case[] => [
    { kind, what, format: 'csv', content: bytes, expected },
    { kind, what: `${what}, packed`, format: 'csv.gz', content: gzipSync(bytes), expected },
  ]);
}
