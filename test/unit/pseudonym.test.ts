import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConnectors } from '../../connectors/index.ts';
import { factsOf } from '../../files/extract/columns.ts';
import { isIdentityNumber } from '../../files/extract/identifiers.ts';
import { sensitiveHeader } from '../../pseudonym/headers.ts';
import { normaliseHousehold } from '../../pseudonym/household.ts';
import { readIdentity } from '../../files/identity.ts';
import { planColumns, type Wishes } from '../../pseudonym/plan.ts';
import { pseudonymOf } from '../../pseudonym/pseudonym.ts';

const KEY = createSecretKey(
  Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex'),
);
/** Made up; the second ends in X. */
const [ID, ID_X] = ['520102199001011117', '52010219900101123X'];

/** With the check digit that belongs to it. */
function numberOf(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return first17 + '10X98765432'.charAt(sum % 11);
}

describe('a pseudonym', () => {
  // Written down from `openssl dgst -sm3 -mac HMAC -macopt hexkey:0001…1f` (OpenSSL 3.0.19).
  it.each([
    ['11010519491231002X', 'b0388348088fd3f9c27114fb639a0f32'],
    ['520102199001011238', '83663a44d36a85e3790608c9e6e9dbff'],
    ['440524188001010014', 'f75efa72d647b13f90e63b046a3a597e'],
    ['H000000001', '1afbc99989f51ae727ded9872411a2a1'],
    ['城镇低保0001', '4bf8ac33071b1c56d140d6621006f278'],
  ])('of %s is the one written down', (text, expected) => {
    expect(pseudonymOf(KEY, text)).toBe(expected);
  });
});

describe('an identity number', () => {
  const wide = [...ID_X].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
  it.each([
    ['plain', ID_X],
    ['with a lower-case x', ID_X.toLowerCase()],
    ['in full width', wide],
    ['with a full-width lower-case x', `${ID_X.slice(0, 17)}ｘ`],
    ['in groups', `${ID_X.slice(0, 6)} ${ID_X.slice(6, 14)}-${ID_X.slice(14)}`],
    ['with wide blanks around', `\u3000${ID_X}\u00a0\t`],
    ['with a zero-width character', `${ID_X.slice(0, 9)}\u200b${ID_X.slice(9)}`],
  ])('%s is the same number', (_how, cell) => {
    expect(readIdentity(cell)).toEqual({ number: ID_X });
  });
  it.each([
    ['520102900101123', 'old-number'],
    [`${ID.slice(0, 17)}0`, 'check-digit'],
    [numberOf('52010219900230123'), 'date'],
    [numberOf('52010218490101123'), 'date'],
    [numberOf('99010219900101123'), 'province'],
    ['0'.repeat(18), 'form'],
    ['5.20102E+17', 'rounded'],
    ['83663a44d36a85e3790608c9e6e9dbff', 'already'],
    [`身份证${ID}`, 'form'],
    [`${ID} ${ID}`, 'form'],
    ['52010219900x011238', 'form'],
  ])('%s is refused: %s', (cell, fault) => {
    expect(readIdentity(cell)).toEqual({ fault });
  });
  it('is one exactly when the gate of the intake says so', () => {
    const digits = fc.stringMatching(/^(?:52|11|91|99)0102(?:18|19|20|21)\d{9}$/);
    fc.assert(
      fc.property(digits, fc.constantFrom(...'0123456789X'), fc.boolean(), (head, last, right) => {
        const number = right ? numberOf(head) : head + last;
        expect('number' in readIdentity(number)).toBe(isIdentityNumber(number));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a household number', () => {
  it('is trimmed, made narrow and upper case', () => {
    expect(normaliseHousehold('  ｈ００1－a\u3000')).toBe('H001-A');
    expect(normaliseHousehold('低保 12b')).toBe('低保 12B');
  });
  it('that is an identity number is hashed as one', () => {
    expect(normaliseHousehold(`${ID_X.slice(0, 6)} ${ID_X.slice(6).toLowerCase()}`)).toBe(ID_X);
  });
  it('that has 18 digits but is no identity number is any other number', () => {
    expect(normaliseHousehold('520102000000000001')).toBe('520102000000000001');
  });
  it('that was pseudonymised before is none', () => {
    expect(normaliseHousehold('83663a44d36a85e3790608c9e6e9dbff')).toBeNull();
  });
});

describe('a header', () => {
  it.each([
    ['身份证号码', 'identity'],
    ['公民身份号码', 'identity'],
    ['户主身份证', 'identity'],
    ['证件号', 'identity'],
    ['残疾人证号', 'identity'],
    ['全国学籍号', 'identity'],
    ['社会保障卡号', 'identity'],
    ['SFZHM', 'identity'],
    ['idCardNo', 'identity'],
    ['ID Number', 'identity'],
    ['student_no', 'identity'],
    ['person_id', 'identity'],
    ['户号', 'household'],
    ['household_id', 'household'],
    ['家庭编号', 'household'],
    ['联系电话', 'phone'],
    ['手 机', 'phone'],
    ['Mobile', 'phone'],
    ['LXDH', 'phone'],
    ['银行卡号', 'bank'],
    ['一卡通账号', 'bank'],
    ['bank_account', 'bank'],
    ['姓名', 'name'],
    ['户主', 'name'],
    ['householder_name', 'name'],
    ['ｎａｍｅ', 'name'],
    ['XM', 'name'],
    ['家庭住址', 'address'],
    ['Home Address', 'address'],
  ])('%s says %s', (header, kind) => {
    expect(sensitiveHeader(header)).toBe(kind);
  });
  it.each(['与户主关系', '户籍性质', '学校名称', 'county_name', 'school_name', '银行存款金额', ''])(
    '%s says nothing',
    (header) => {
      expect(sensitiveHeader(header)).toBeNull();
    },
  );
  it('of a contract says so only where the column is an id', async () => {
    const contracts = (await loadConnectors()).flatMap((connector) => connector.contracts);
    for (const { row } of contracts) {
      for (const [name, column] of Object.entries(row.shape)) {
        const { type, aliases } = factsOf(column);
        for (const header of [name, ...aliases])
          expect([header, sensitiveHeader(header) !== null]).toEqual([header, type.kind === 'id']);
      }
    }
  });
});

describe('the plan', () => {
  const wishes = (over: Partial<Wishes> = {}): Wishes => ({
    columns: ['身份证号=person_id'],
    households: [],
    keep: [],
    drop: [],
    ...over,
  });
  it('renames, keeps and drops', () => {
    const plan = planColumns(
      ['身份证号', '户号', '姓名', '家庭住址', '手机', '银行账号', 'county', '金额'],
      wishes({ households: ['户号'], keep: ['name', 'address', '手机'], drop: ['银行账号'] }),
    );
    expect(plan.out.map(({ as, numbers }) => [as, numbers])).toEqual([
      ['person_id', 'identity'],
      ['户号', 'household'],
      ['county', null],
      ['金额', null],
    ]);
    expect(plan.roster.map(({ name, as }) => [name, as])).toEqual([
      ['姓名', 'name'],
      ['家庭住址', 'address'],
      ['手机', '手机'],
    ]);
    expect(plan.county?.index).toBe(6);
  });
  it('keeps all columns of a kind under their own names', () => {
    const plan = planColumns(['身份证号', '姓名', '户主姓名'], wishes({ keep: ['name'] }));
    expect(plan.roster.map(({ as }) => as)).toEqual(['姓名', '户主姓名']);
  });
  it.each([
    ['an unsaid column', ['身份证号', '姓名'], {}, '姓名'],
    ['an unsaid household number', ['身份证号', 'household_id'], {}, 'household_id'],
    ['a missing column', ['号', '金额'], {}, "no column '身份证号'"],
    ['a column twice', ['身份证号', '金额', ' 金额'], {}, 'columns 2 and 3'],
    ['two wishes for one', ['身份证号', '姓名'], { keep: ['姓名'], drop: ['姓名'] }, 'named twice'],
    ['the raw number in the roster', ['身份证号'], { keep: ['身份证号'] }, 'named twice'],
    ['a clash of new names', ['身份证号', 'a'], { columns: ['身份证号=a'] }, "two columns 'a'"],
    ['nothing to keep', ['身份证号'], { keep: ['phone'] }, 'holds a phone'],
  ] as const)('stops at %s', (_what, header, over, words) => {
    expect(() => planColumns(header, wishes(over))).toThrow(words);
  });
  it('quotes nothing of a first line that is no header', () => {
    expect(() => planColumns(['李小四', '某村1组'], wishes())).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('李小四') as unknown }),
    );
  });
});
