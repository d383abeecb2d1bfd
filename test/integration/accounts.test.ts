/** Coming in and being kept out: passwords, codes, locks, sessions, tokens (promise G30). */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAccount, giveToken, resetAccount } from '../../store/accounts/accounts.ts';
import { checkAudit, readAudit } from '../../store/audit/chain.ts';
import {
  codeOf,
  MONTH,
  PLACES,
  serveHome,
  Visitor,
  type ServedHome,
} from '../support/signed-in.ts';

const OWN = '山间四月采新茶 forty steps';
const MINUTE = 60_000;
const queue = `/api/counties/${PLACES.county}/leads?month=${MONTH}`;

let home: ServedHome;
beforeAll(async () => {
  home = await serveHome('', { few: true });
}, 300_000);
afterAll(async () => {
  await home.close();
});

/** An account that has signed in and chosen its password. */
async function settled(name: string, role: Parameters<ServedHome['add']>[1], region: string) {
  const given = await home.add(name, role, region);
  const visitor = new Visitor(home);
  const first = await visitor.signIn(name, given.password, codeOf(given, home.clock));
  expect(first.status).toBe(200);
  expect((await visitor.change(given.password, OWN)).status).toBe(200);
  home.clock.forward(MINUTE);
  return { given, visitor };
}

describe('before there are accounts', () => {
  it('the page belongs to this machine, and afterwards to accounts only', async () => {
    expect((await home.ask(queue)).status).toBe(200);
    const who = await (await home.ask('/api/session')).json();
    expect(who).toEqual({ accounts: false, account: null, must_change: false, csrf: null });
    await home.add('first-auditor', 'auditor', '520000');
    for (const path of [queue, '/api/home', '/api/schedule', '/rows/province_months', '/metrics'])
      expect((await home.ask(path)).status, path).toBe(401);
    for (const path of ['/live', '/api/session', '/api/openapi.json', '/api/lead-job.schema.json'])
      expect((await home.ask(path)).status, path).toBe(200);
  });
});

describe('signing in', () => {
  it('asks for a password of one’s own before anything else', async () => {
    const given = await home.add('clerk-one', 'township_officer', PLACES.township);
    const visitor = new Visitor(home);
    const { status, told, set } = await visitor.signIn('clerk-one', given.password);
    expect(status).toBe(200);
    expect(told).toMatchObject({
      account: { name: 'clerk-one', role_name: '乡镇（街道）民政经办人员', county: PLACES.county },
      must_change: true,
    });
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect((await visitor.ask('GET', queue)).status).toBe(401);
    for (const bad of ['short', 'clerk-one and more', given.password])
      expect((await visitor.change(given.password, bad)).status, bad).toBe(400);
    const before = visitor.cookie;
    expect((await visitor.change(given.password, OWN)).told).toMatchObject({ must_change: false });
    expect(visitor.cookie).not.toBe(before);
    expect((await visitor.ask('GET', queue)).status).toBe(200);
    const again = new Visitor(home);
    expect((await again.signIn('clerk-one', given.password)).status).toBe(401);
    expect((await again.signIn('clerk-one', OWN)).status).toBe(200);
  });

  it('takes a code of the second factor once, and none without the password', async () => {
    const { given } = await settled('county-one', 'county_civil_affairs', PLACES.county);
    const code = codeOf(given, home.clock);
    const refused = { status: 401, told: { code: 'sign-in' } };
    expect(await new Visitor(home).signIn('county-one', OWN)).toMatchObject(refused);
    expect(await new Visitor(home).signIn('county-one', OWN, '000000')).toMatchObject(refused);
    const both = await Promise.all([
      new Visitor(home).signIn('county-one', OWN, code),
      new Visitor(home).signIn('county-one', OWN, code),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await new Visitor(home).signIn('county-one', OWN, code)).toMatchObject(refused);
    home.clock.forward(MINUTE);
    expect(
      (await new Visitor(home).signIn('county-one', OWN, codeOf(given, home.clock))).status,
    ).toBe(200);
  });

  it('answers alike for a name that is none, a wrong password and a lock', async () => {
    await settled('clerk-alike', 'township_officer', PLACES.township);
    const answers = [
      await new Visitor(home).signIn('nobody-of-this-name', OWN),
      await new Visitor(home).signIn('clerk-alike', 'wrong but long enough'),
    ];
    for (let n = 0; n < 5; n += 1) await new Visitor(home).signIn('clerk-alike', `wrong ${n}`);
    answers.push(await new Visitor(home).signIn('clerk-alike', OWN));
    expect(new Set(answers.map(({ told }) => JSON.stringify(told))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  it('locks after five wrong tries for fifteen minutes, also when they come at once', async () => {
    await settled('clerk-lock', 'township_officer', PLACES.township);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => new Visitor(home).signIn('clerk-lock', `wrong ${n}`)),
    );
    expect((await new Visitor(home).signIn('clerk-lock', OWN)).status).toBe(401);
    home.clock.forward(14 * MINUTE);
    expect((await new Visitor(home).signIn('clerk-lock', OWN)).status).toBe(401);
    home.clock.forward(MINUTE + 1);
    expect((await new Visitor(home).signIn('clerk-lock', OWN)).status).toBe(200);
    const outcomes = [...readAudit(home.serving.held.store.home)]
      .filter(({ account }) => account === 'clerk-lock')
      .map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'locked').length).toBeGreaterThanOrEqual(2);
    expect(outcomes.at(-1)).toBe('success');
  });

  it('begins a new session under a new name: one that was planted is worth nothing', async () => {
    await settled('clerk-planted', 'township_officer', PLACES.township);
    const planted = new Visitor(home);
    await planted.signIn('clerk-planted', OWN);
    const before = planted.cookie;
    await planted.signIn('clerk-planted', OWN);
    expect(planted.cookie).not.toBe(before);
    const old = await home.ask(queue, { headers: { cookie: before } });
    expect(old.status).toBe(401);
  });
});

describe('a session', () => {
  it('ends after thirty minutes of silence, polling not counted, and after twelve hours', async () => {
    const { visitor } = await settled('clerk-idle', 'township_officer', PLACES.township);
    await visitor.signIn('clerk-idle', OWN);
    home.clock.forward(29 * MINUTE);
    expect((await visitor.ask('GET', queue)).status).toBe(200);
    home.clock.forward(29 * MINUTE);
    const poll = { 'x-doudi-background': '1' };
    expect((await visitor.ask('GET', queue, undefined, poll)).status).toBe(200);
    home.clock.forward(2 * MINUTE);
    expect((await visitor.ask('GET', queue)).status).toBe(401);
    await visitor.signIn('clerk-idle', OWN);
    for (let n = 0; n < 24; n += 1) {
      home.clock.forward(30 * MINUTE - 1);
      expect((await visitor.ask('GET', queue)).status).toBe(200);
    }
    home.clock.forward(MINUTE);
    expect((await visitor.ask('GET', queue)).status).toBe(401);
  });

  it('writes only with its CSRF token and from its own page', async () => {
    const { visitor } = await settled('clerk-csrf', 'township_officer', PLACES.township);
    const { csrf } = visitor;
    visitor.csrf = '';
    expect((await visitor.ask('DELETE', '/api/session')).status).toBe(403);
    visitor.csrf = `${csrf.slice(1)}0`;
    expect((await visitor.ask('DELETE', '/api/session')).status).toBe(403);
    visitor.csrf = csrf;
    const elsewhere = { origin: 'https://elsewhere.example' };
    expect((await visitor.ask('DELETE', '/api/session', undefined, elsewhere)).status).toBe(403);
    const here = { origin: home.serving.address };
    expect((await visitor.ask('DELETE', '/api/session', undefined, here)).status).toBe(200);
    expect((await visitor.ask('GET', queue)).status).toBe(401);
  });

  it('is over when its account is closed, reset or expired', async () => {
    const one = await settled('clerk-closed', 'township_officer', PLACES.township);
    const two = await settled('clerk-reset', 'township_officer', PLACES.township);
    expect((await one.visitor.ask('GET', queue)).status).toBe(200);
    await closeAccount(home.keeper, 'clerk-closed', 'test');
    expect((await one.visitor.ask('GET', queue)).status).toBe(401);
    expect((await new Visitor(home).signIn('clerk-closed', OWN)).status).toBe(401);
    const given = await resetAccount(home.keeper, 'clerk-reset', 'test');
    expect((await two.visitor.ask('GET', queue)).status).toBe(401);
    expect((await new Visitor(home).signIn('clerk-reset', given.password)).status).toBe(200);
  });
});

describe('a token', () => {
  it('does what its account may, needs no CSRF token, and ends on its day', async () => {
    const given = await home.add('clerk-token', 'township_officer', PLACES.township);
    expect(given.otpauth).toBeNull();
    const token = await giveToken(home.keeper, 'clerk-token', 'a program', '2025-11-13');
    const as = { headers: { authorization: `Bearer ${token}` } };
    expect((await home.ask(queue, as)).status).toBe(200);
    expect(await (await home.ask('/api/session', as)).json()).toMatchObject({
      account: { name: 'clerk-token' },
      csrf: null,
    });
    home.clock.forward(3 * 24 * 60 * MINUTE);
    expect((await home.ask(queue, as)).status).toBe(401);
    expect((await home.ask(queue, { headers: { authorization: 'Bearer x' } })).status).toBe(401);
  });
});

describe('an administrator', () => {
  it('makes, resets and closes accounts, each with a key, by name', async () => {
    const token = await home.tokenOf('administrator', '520000');
    const send = (path: string, body: object, more: Record<string, string> = {}) =>
      home.ask(path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...more,
        },
        body: JSON.stringify(body),
      });
    const wanted = { name: 'made-here', role: 'township_head', region: PLACES.township };
    const key = { 'idempotency-key': 'made-here-1' };
    const without = await send('/api/accounts', wanted);
    expect([without.status, await without.json()]).toMatchObject([
      400,
      { fields: [{ path: 'headers.idempotency-key' }] },
    ]);
    const wrong = await send('/api/accounts', { ...wanted, role: 'king', more: 1 }, key);
    expect([wrong.status, await wrong.json()]).toMatchObject([
      400,
      { fields: [{ path: 'body.role' }, { path: 'body' }] },
    ]);
    const foreign = await send('/api/accounts', { ...wanted, region: PLACES.county }, key);
    expect(foreign.status).toBe(400);
    const made = await send('/api/accounts', wanted, key);
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({
      name: 'made-here',
      otpauth: expect.stringMatching(/^otpauth:/) as unknown,
    });
    expect((await send('/api/accounts', wanted, key)).status).toBe(400);
    expect((await send('/api/accounts/made-here/close', {}, key)).status).toBe(200);
    expect((await send('/api/accounts/made-here/reset', {}, key)).status).toBe(400);
    const list = await home.ask('/api/accounts', {
      headers: { authorization: `Bearer ${token}` },
    });
    const { accounts } = (await list.json()) as { accounts: { name: string }[] };
    expect(accounts.find(({ name }) => name === 'made-here')).toMatchObject({
      active: false,
      set_by: 'administrator-520000',
    });
  });
});

describe('what is kept', () => {
  it('secrets are in their file alone, for the owner only', () => {
    const { root } = home.serving.held.store.home;
    const path = join(root, 'secrets/accounts.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const kept = readFileSync(path, 'utf8');
    expect(kept).not.toContain(OWN);
    const { accounts } = JSON.parse(kept) as {
      accounts: Record<string, { totp: string | null; password: { hash: string } }>;
    };
    const journal = readFileSync(join(root, 'journal.jsonl'), 'utf8');
    expect(journal).toContain('"account.set"');
    for (const { totp, password } of Object.values(accounts)) {
      expect(journal).not.toContain(password.hash);
      if (totp !== null) expect(journal).not.toContain(totp);
    }
  });

  it('coming and going is in the audit, whole', () => {
    const { home: folder } = home.serving.held.store;
    const entries = [...readAudit(folder)];
    expect(checkAudit(folder).count).toBe(entries.length);
    expect(entries.filter(({ account }) => account === 'nobody-of-this-name')).toEqual([]);
    expect(new Set(entries.map(({ outcome }) => outcome))).toEqual(
      new Set(['allowed', 'failure', 'left', 'locked', 'success']),
    );
  });
});
