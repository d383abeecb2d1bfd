/** The page in a real browser: the figures that a clerk sees are those that the command line prints. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPage } from '../../cli/serve/page.ts';
import { HAS_CHROMIUM, openBrowser } from '../support/chromium.ts';
import { CONFIG, doudi, parseCsv } from '../support/doudi.ts';
import { generate } from '../support/province.ts';
import { until } from '../support/queues.ts';
import { serve, type Served } from '../support/served.ts';

const MONTH = '2025-10';
/** Folder for pictures of every screen; without it none are taken. */
const PICTURES = process.env['DOUDI_PICTURES'];

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describe.runIf(HAS_CHROMIUM)('the page', () => {
  let home: string;
  let served: Served;
  let browser: Browser;
  let leads: Record<string, string>[];
  let warnings: Record<string, string>[];
  let trend: { month: string; rows: number }[];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'doudi-page-'));
    writeFileSync(join(home, 'doudi.yaml'), CONFIG);
    const inbox = await generate(home, { persons: 3000, months: `2025-09..${MONTH}`, seed: 5 });
    for (const month of ['2025-09', MONTH])
      await doudi(home, ['run', '--month', month, '--inbox', inbox]);
    await doudi(home, ['lists', 'export', '--month', MONTH]);
    leads = parseCsv(await doudi(home, ['leads', '--month', MONTH]));
    warnings = parseCsv(await doudi(home, ['warnings', '--month', MONTH]));
    trend = JSON.parse(
      await doudi(home, [
        'quality',
        '--months',
        `2025-09..${MONTH}`,
        '--source',
        'education/enrolment',
        '--json',
      ]),
    ) as { month: string; rows: number }[];
    await builtPage(() => undefined);
    served = await serve(home);
    browser = await openBrowser();
    await until('delivered', async () => {
      const { counties } = await served.json<{ counties: { waiting: number }[] }>('/api/queues');
      return counties.every(({ waiting }) => waiting === 0);
    });
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await served.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const open = leadsOf('open');
  function leadsOf(status: string): () => Record<string, string>[] {
    return () => leads.filter((lead) => lead['status'] === status);
  }

  /** A page that reports what it should not do: errors, and requests to anybody else. */
  async function visit(
    path: string,
    size = DESKTOP,
  ): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
    const context = await browser.newContext({ viewport: size, locale: 'zh-CN' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(served.address) && !/^(data|blob):/.test(url)) complaints.push(url);
    });
    await page.goto(`${served.address}/#${path}`);
    return { page, complaints, close: () => context.close() };
  }

  const figure = async (page: Page, id: string): Promise<number> => {
    const text = await page.getByTestId(id).first().innerText();
    return Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
  };

  async function picture(page: Page, name: string): Promise<void> {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.waitForTimeout(800);
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  it('shows the month’s figures as the command line prints them', async () => {
    const { page, complaints, close } = await visit('/');
    await page.getByTestId('open-leads').waitFor();
    expect(await figure(page, 'open-leads')).toBe(open().length);
    expect(await figure(page, 'opened-leads')).toBe(
      leads.filter((lead) => lead['opened_month'] === MONTH).length,
    );
    expect(await figure(page, 'warnings-total')).toBe(warnings.length);
    const perRule = new Map<string, number>();
    for (const { rule = '' } of warnings) perRule.set(rule, (perRule.get(rule) ?? 0) + 1);
    for (const [rule, hits] of perRule)
      expect(await page.getByTestId(`rule-${rule}`).getAttribute('data-hits')).toBe(String(hits));
    await page.getByTestId('map').locator('canvas, svg').first().waitFor();
    await picture(page, 'overview');
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows what a department handed in, month by month', async () => {
    const { page, complaints, close } = await visit('/');
    const row = page.getByTestId('source-education-enrolment');
    await row.waitFor();
    await row.locator('.trend').hover();
    const counts = page.locator('.counts');
    await counts.waitFor();
    const shown = await counts.locator('tbody tr').allInnerTexts();
    expect(shown.map((line) => line.split(/\s+/).slice(0, 2))).toEqual(
      [...trend].reverse().map(({ month, rows }) => [month, rows.toLocaleString('en')]),
    );
    await picture(page, 'quality');
    expect(complaints).toEqual([]);
    await close();
  });

  it('a county’s row says how many leads are open, and leads to its queue', async () => {
    const { page, complaints, close } = await visit('/');
    const perCounty = new Map<string, number>();
    for (const { county = '' } of open()) perCounty.set(county, (perCounty.get(county) ?? 0) + 1);
    const [busiest] = [...perCounty].sort((a, b) => b[1] - a[1]);
    const [code = '', count = 0] = busiest ?? [];
    const row = page.getByTestId(`county-${code}`);
    await row.waitFor();
    expect(await row.getAttribute('data-open')).toBe(String(count));
    await row.click();
    const own = open().filter((lead) => lead['county'] === code);
    const first = page.getByTestId(`lead-${own[0]?.['lead_id'] ?? ''}`);
    await first.waitFor();
    await picture(page, 'county');
    await first.click();
    await page.getByTestId('evidence').first().waitFor();
    const said = await page.getByTestId('evidence').allInnerTexts();
    expect(said.length).toBeGreaterThan(0);
    for (const sentence of said) expect(sentence).toMatch(/[\u4e00-\u9fff]/u);
    expect(await page.getByTestId('score').innerText()).toMatch(/优先分：[\d.]+ = \d（严重程度）/);
    const why = page.locator('details.why').first();
    await why.locator('summary').click();
    await why
      .getByText(/^[✓✗?]/)
      .first()
      .waitFor();
    expect(await why.locator('.source-lines').innerText()).toMatch(/第\d+版 第[\d、]+行/);
    await picture(page, 'lead');
    // The lead has an address of its own.
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await page.getByTestId('evidence').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('charts: from the province down to a county, another month, each as PNG, SVG and CSV', async () => {
    const { page, complaints, close } = await visit('/charts');
    const chart = (name: string): Locator => page.getByTestId(`chart-${name}`);
    for (const name of ['map', 'funnel', 'months', 'people', 'heat'])
      await chart(name).locator('svg').first().waitFor();
    await picture(page, 'charts');
    expect(await page.getByTestId('way').innerText()).toBe('贵州省');

    // What is drawn is what the named query answers.
    const { data } = await served.json<{ data: { stage: string; n: number }[] }>(
      `/rows/province_stages?from=${MONTH}&to=${MONTH}&region=all`,
    );
    const funnel = await chart('funnel').innerText();
    for (const { stage, n } of data) {
      expect(funnel).toContain(stage);
      expect(funnel).toContain(n.toLocaleString('zh-CN'));
    }

    // A click goes into the prefecture, the next one to the county, and the way leads back.
    const box = await chart('map').boundingBox();
    if (box === null) throw new Error('the map has no place');
    await page.mouse.click(box.x + box.width * 0.55, box.y + box.height * 0.55);
    await page.waitForURL(/region=/);
    const prefecture = /region=(\d{4})00/.exec(page.url())?.[1] ?? '';
    expect(prefecture).toMatch(/^52\d\d$/);
    await page.goto(`${served.address}/#/charts?region=520102&month=${MONTH}`);
    await page.getByTestId('way').getByText('南明区').waitFor();
    expect(await page.getByTestId('way').innerText()).toMatch(/贵州省.*贵阳市.*南明区/s);
    await page.getByTestId('way').getByText('贵阳市').click();
    await page.waitForURL(/region=520100/);

    // The slider goes to an earlier month.
    await page.getByTestId('slider').press('ArrowLeft');
    await page.waitForURL(/month=2025-09/);

    for (const [kind, starts] of [
      ['png', '\u0089PNG'],
      ['svg', '<svg'],
      ['csv', '\u00ef\u00bb\u00bf'],
    ] as const) {
      const coming = page.waitForEvent('download');
      await page.getByTestId(`${kind}-funnel`).click();
      const download = await coming;
      const stream = await download.createReadStream();
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      const content = Buffer.concat(parts);
      expect(content.toString('latin1').startsWith(starts), kind).toBe(true);
      expect(content.length).toBeGreaterThan(kind === 'csv' ? 40 : 1_000);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('charts print on paper without buttons', async () => {
    const { page, close } = await visit('/charts');
    await page.getByTestId('chart-heat').locator('svg').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByTestId('png-heat').isVisible()).toBe(false);
    expect(await page.getByTestId('chart-heat').isVisible()).toBe(true);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(20_000);
    await close();
  });

  it('queues, calendar and lists stand on one screen', async () => {
    const { page, complaints, close } = await visit('/queues');
    await page.getByTestId('queue-520102').waitFor();
    await page.getByTestId('job-run').waitFor();
    await page.getByTestId('list-new-basic').first().waitFor();
    await picture(page, 'queues');
    expect(complaints).toEqual([]);
    await close();
  });

  it('speaks English when asked, and remembers it', async () => {
    const { page, complaints, close } = await visit('/');
    await page.getByTestId('open-leads').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^zh/);
    await page.getByTestId('language').getByText('EN').click();
    await page.locator('html[lang^="en"]').waitFor();
    await page.reload();
    await page.locator('html[lang^="en"]').waitFor();
    expect(await figure(page, 'open-leads')).toBe(open().length);
    await picture(page, 'overview-english');
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(['/', '/queues', '/counties/520102'])('fits a phone: %s', async (path) => {
    const { page, complaints, close } = await visit(path, PHONE);
    await page.waitForLoadState('networkidle');
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(PHONE.width);
    await picture(page, `phone${path.replaceAll('/', '-')}`);
    expect(complaints).toEqual([]);
    await close();
  });

  it('goes back to an earlier month', async () => {
    const earlier = parseCsv(await doudiThrough(home));
    const { page, close } = await visit('/?month=2025-09');
    await page.getByTestId('open-leads').waitFor();
    expect(await figure(page, 'open-leads')).toBe(
      earlier.filter((lead) => lead['status'] === 'open').length,
    );
    await close();
  });
});

/** The earlier month's leads, through the server that holds the home. */
async function doudiThrough(home: string): Promise<string> {
  const { spawnDoudi } = await import('../support/doudi.ts');
  return (await spawnDoudi(home, ['leads', '--month', '2025-09'])).stdout;
}
