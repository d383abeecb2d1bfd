/** What a password costs whoever guesses (threat T18): most tests hash theirs more cheaply. */
import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from '../../store/accounts/password.ts';

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const { user } = process.cpuUsage();
  await work();
  return (process.cpuUsage().user - user) / 1e6;
};

describe('a password', () => {
  it('is kept at the cost of OWASP, under a salt of its own, and known again', async () => {
    const kept = await hashPassword('forty steps up the hill');
    expect(kept).toMatchObject({ N: 2 ** 15, r: 8, p: 3 });
    expect(await isPassword('forty steps up the hill', kept)).toBe(true);
    expect(await isPassword('forty steps up the hull', kept)).toBe(false);
    const again = await hashPassword('forty steps up the hill');
    expect(again.salt).not.toBe(kept.salt);
    expect(again.hash).not.toBe(kept.hash);
  });

  it('of nobody is looked at for as long as anybody’s', async () => {
    const kept = await hashPassword('forty steps up the hill');
    const somebody = await seconds(() => isPassword('another one', kept));
    const nobody = await seconds(async () => {
      expect(await isPassword('another one', null)).toBe(false);
    });
    expect(nobody).toBeGreaterThan(somebody / 3);
  });
});
