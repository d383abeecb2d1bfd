/** Signing in on the page: name, one-time password, a password of one's own, one's own county, and out again. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPage } from '../../cli/serve/page.ts';
import { HAS_CHROMIUM, openBrowser } from '../support/chromium.ts';
import { codeOf, PLACES, serveHome, type ServedHome } from '../support/signed-in.ts';

/** Folder for pictures of every screen; without it none are taken. */
const PICTURES = process.env['DOUDI_PICTURES'];
const OWN = '山间四月采新茶 forty steps';

describe.runIf(HAS_CHROMIUM)('signing in on the page', () => {
  let home: ServedHome;
  let browser: Browser;

  beforeAll(async () => {
    home = await serveHome('', { page: await builtPage(() => undefined) });
    browser = await openBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await home.close();
  });

  async function picture(page: Page, name: string): Promise<void> {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.waitForTimeout(800);
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  async function visit(size = { width: 1440, height: 900 }) {
    const context = await browser.newContext({ viewport: size, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(home.serving.address);
    return { page, close: () => context.close() };
  }

  it('asks nobody while the home has no account', async () => {
    const { page, close } = await visit();
    await page.getByTestId('open-leads').waitFor();
    expect(await page.getByTestId('who').count()).toBe(0);
    await close();
  });

  it('lets a township officer in to its own part of the county, and out again', async () => {
    const given = await home.add('clerk-of-town', 'township_officer', PLACES.township);
    const { page, close } = await visit();
    await page.getByTestId('sign-in').waitFor();
    await picture(page, 'sign-in');
    const fill = (label: string, text: string) =>
      page.getByLabel(label, { exact: true }).fill(text);
    await fill('账号', 'clerk-of-town');
    await fill('密码', 'not the right one');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByTestId('sign-in-problem').waitFor();
    await picture(page, 'sign-in-wrong');
    await fill('密码', given.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('请设置自己的密码').waitFor();
    await fill('新密码', OWN);
    await fill('再输一次', OWN);
    await picture(page, 'sign-in-change');
    await page.getByRole('button', { name: '保存并进入' }).click();
    await page.getByTestId('who').waitFor();
    expect(await page.getByTestId('who').innerText()).toMatch(/clerk-of-town[\s\S]*经办人员/);
    await page.waitForURL(new RegExp(`#/counties/${PLACES.county}`));
    await page.getByText('新华路街道').first().waitFor();
    expect(await page.getByText('西湖路街道').count()).toBe(0);
    await picture(page, 'signed-in-county');
    await page.getByTestId('who').getByRole('button').click();
    await page.getByTestId('sign-in').waitFor();
    await page.goBack();
    await page.getByTestId('sign-in').waitFor();
    expect(await page.getByText('新华路街道').count()).toBe(0);
    await close();
  });

  it('takes the code of a second factor, and asks again when the session is over', async () => {
    const given = await home.add('county-of-page', 'county_civil_affairs', PLACES.county);
    const { page, close } = await visit({ width: 390, height: 844 });
    const fill = (label: string, text: string) =>
      page.getByLabel(label, { exact: true }).fill(text);
    await fill('账号', 'county-of-page');
    await fill('密码', given.password);
    await fill('动态验证码', codeOf(given, home.clock));
    await picture(page, 'sign-in-phone');
    await page.getByRole('button', { name: '登录' }).click();
    await fill('新密码', OWN);
    await fill('再输一次', OWN);
    await page.getByRole('button', { name: '保存并进入' }).click();
    await page.getByText('西湖路街道').first().waitFor();
    await picture(page, 'signed-in-phone');
    home.clock.forward(31 * 60_000);
    await page.reload();
    await page.getByTestId('sign-in').waitFor();
    await close();
  });
});
