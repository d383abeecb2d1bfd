import { describe, expect, it } from 'vitest';
import { findIdentifiers, isBankCard, isIdentityNumber } from '../../files/extract/identifiers.ts';

/** Made-up numbers with right check digits: 贵州, born 1990-01-01. */
function identityNumber(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return first17 + '10X98765432'.charAt(sum % 11);
}
const ID = identityNumber('52010219900101123');
const ID_X =
  Array.from({ length: 11 }, (_, n) => identityNumber(`5201021990010111${n % 10}`)).find((id) =>
    id.endsWith('X'),
  ) ?? '';
const CARD = '6222021234567890128';

describe('the identifier gate', () => {
  it('knows a right identity number from a wrong one', () => {
    expect(isIdentityNumber(ID)).toBe(true);
    expect(isIdentityNumber(ID.slice(0, 17) + (ID.endsWith('1') ? '2' : '1'))).toBe(false);
    expect(isIdentityNumber(identityNumber('52010219901301123'))).toBe(false);
    expect(isIdentityNumber(identityNumber('52010219900230123'))).toBe(false);
    expect(isIdentityNumber(identityNumber('99010219900101123'))).toBe(false);
  });
  it('knows a card by its Luhn digit', () => {
    const cards = Array.from({ length: 10 }, (_, digit) => `622202123456789012${digit}`);
    expect(cards.filter(isBankCard)).toHaveLength(1);
  });
  const spaced = `${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}`;
  const fullWidth = [...ID]
    .map((c) => (/\d/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c))
    .join('');
  it.each([
    ['plain', ID],
    ['lower-case x', ID_X.toLowerCase()],
    ['spaces', spaced],
    ['hyphens', spaced.replaceAll(' ', '-')],
    ['full width', fullWidth],
    ['zero width', `${ID.slice(0, 9)}\u200b${ID.slice(9)}`],
    ['inside a remark', `户主身份证号：${ID}，已核实`],
    ['before another number', `${ID} 3`],
  ])('sees an identity number written with %s', (_name, cell) => {
    expect(ID_X).not.toBe('');
    expect([...findIdentifiers(cell)]).toContain('identity-number');
  });
  it.each([
    '13800138000',
    '138-0013-8000',
    '138 0013 8000',
    '电话13800138000',
    '+8613800138000',
    '１３８００１３８０００',
  ])('sees the phone in %s', (cell) => {
    expect([...findIdentifiers(cell)]).toEqual(['phone']);
  });
  it('sees a bank card, also in groups of four', () => {
    const card =
      Array.from({ length: 10 }, (_, digit) => `622202123456789012${digit}`).find(isBankCard) ??
      CARD;
    expect([...findIdentifiers(card)]).toEqual(['bank-card']);
    expect([...findIdentifiers(card.replace(/(\d{4})(?=\d)/g, '$1 '))]).toEqual(['bank-card']);
  });
  it.each([
    '0123456789abcdef0123456789abcdef',
    '520102001001',
    '2025-10-01',
    '12345678901',
    '1380013800',
    '138001380001',
    `a${ID}`,
    '2025年10月1日发生洪灾',
  ])('lets %s pass', (cell) => {
    expect(findIdentifiers(cell).size).toBe(0);
  });
});
