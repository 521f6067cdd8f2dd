import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1200, height: 800 };
const folder = process.env['TEST_FOLDER'] ?? '';

/** A real browser with nothing in it, that writes down what it asks for and what it complains about. */
export class TestBrowser {
  /** Addresses that were asked for; what stands in the page itself is left out. */
  readonly requested: string[] = [];
  /** What the console said: blocked resources, scripts' errors. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async start(
    name: string,
    { javaScriptEnabled }: { readonly javaScriptEnabled: boolean },
  ): Promise<TestBrowser> {
    const context = await chromium.launchPersistentContext(join(folder, name), {
      executablePath: EXECUTABLE,
      args: QUIET,
      javaScriptEnabled,
      reducedMotion: 'reduce',
    });
    const browser = new TestBrowser(context, context.pages()[0] ?? (await context.newPage()));
    context.on('request', (request) => {
      if (/^(https?|wss?):/.test(request.url())) browser.requested.push(request.url());
    });
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) browser.complaints.push(message.text());
    });
    context.on('weberror', (error) => browser.complaints.push(String(error.error())));
    return browser;
  }

  async stop(): Promise<void> {
    await this.context.close();
  }

  get cookies(): Promise<readonly { readonly name: string; readonly value: string }[]> {
    return this.context.cookies();
  }

  /** Pictures of the page on a phone and on a desk, for people to look at. */
  async picture(name: string): Promise<void> {
    mkdirSync(join(folder, 'pictures'), { recursive: true });
    for (const viewport of [PHONE, DESK]) {
      await this.page.setViewportSize(viewport);
      await this.page.screenshot({ path: join(folder, 'pictures', `${name}-${viewport.width}.png`), fullPage: true });
    }
  }

  /** How many pixels are hidden beside a window of this width. */
  async overflowAt(width: number): Promise<number> {
    await this.page.setViewportSize({ width, height: 640 });
    return this.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  /** What the Tab key visits from the top of the page, in this order, by accessible name or text. */
  async tabStops(): Promise<string[]> {
    const stops: string[] = [];
    await this.page.evaluate('document.activeElement?.blur?.()');
    for (let at = 0; at < 20; at += 1) {
      await this.page.keyboard.press('Tab');
      const stop = await this.page.evaluate<string | null>(FOCUSED);
      if (stop === null) break;
      stops.push(stop);
    }
    return stops;
  }
}

/** What has the focus, by its label or its text; null: nothing of the page. */
const FOCUSED = `(() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  return focused.labels?.[0]?.textContent ?? focused.textContent;
})()`;
