import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { BeckonApp } from '../support/beckon-app.ts';
import { sleep, waitFor } from '../support/processes.ts';

export interface Look {
  readonly name: string;
  readonly theme: 'light' | 'dark';
  /** Pixels of the picture for one of the page. */
  readonly scale?: 2;
  readonly forcedColors?: true;
  /** Text at 200 %. */
  readonly large?: true;
  /** The main window at 480 px. */
  readonly narrow?: true;
}

export interface TakeOptions {
  readonly from?: string;
  readonly again?: () => Promise<void>;
}

const light: Look = { name: 'light', theme: 'light' };
const dark: Look = { name: 'dark', theme: 'dark' };

/** What tells of a look in one language tells of it in the other, but for the words in light and dark. */
const looks: Readonly<Record<'en' | 'zh-CN', readonly Look[]>> = {
  en: [
    light,
    dark,
    { name: 'light-2x', theme: 'light', scale: 2 },
    { name: 'forced', theme: 'light', forcedColors: true },
    { name: 'large', theme: 'light', large: true },
  ],
  'zh-CN': [light, { name: 'dark-2x', theme: 'dark', scale: 2 }, { name: 'large', theme: 'light', large: true }],
};

const narrowLooks: readonly Look[] = [
  { name: 'narrow-light', theme: 'light', narrow: true },
  { name: 'narrow-dark', theme: 'dark', narrow: true },
];

/** Takes what a page shows, in one look after another; what is typed, chosen and open in it stays. */
export class Camera {
  readonly #app: BeckonApp;
  readonly #folder: string;
  readonly #language: 'en' | 'zh-CN';
  readonly #wanted: readonly string[];
  readonly taken: string[] = [];

  /** `wanted`: only pictures whose name has one of these in it; none for all. */
  constructor(app: BeckonApp, folder: string, language: 'en' | 'zh-CN', wanted: readonly string[]) {
    mkdirSync(folder, { recursive: true });
    this.#app = app;
    this.#folder = folder;
    this.#language = language;
    this.#wanted = wanted;
  }

  /**
   * `from`: the first of those elements is scrolled to, as each look has a height of its own. `again`: brings the state about
   * once more in a window of another width, where a menu has closed and what was beside the other is now alone.
   */
  async take(page: Page, state: string, { from, again }: TakeOptions = {}): Promise<void> {
    const isWindow = page.url().includes('window.html');
    const session = await page.context().newCDPSession(page);
    for (const look of [...looks[this.#language], ...(isWindow ? narrowLooks : [])]) {
      const name = `${this.#language.slice(0, 2)}-${state}-${look.name}`;
      if (this.#wanted.length > 0 && !this.#wanted.some((part) => name.includes(part))) continue;
      const undo = await this.#put(page, session, look, isWindow);
      if (look.narrow || look.large) await again?.();
      if (from !== undefined)
        await page.evaluate((wanted) => document.querySelector(wanted)?.scrollIntoView({ block: 'start' }), from);
      const picture = await stillPicture(session);
      writeFileSync(join(this.#folder, `${name}.png`), picture);
      this.taken.push(name);
      await undo();
      if (look.narrow || look.large) await again?.();
    }
    await this.#theme(page, 'light');
    await session.detach();
  }

  /** Puts a page into a look; answers what takes that away again, but for the theme. */
  async #put(page: Page, session: CDPSession, look: Look, isWindow: boolean): Promise<() => Promise<void>> {
    await this.#theme(page, look.theme);
    if (look.scale !== undefined)
      await session.send('Emulation.setDeviceMetricsOverride', {
        ...{ width: 0, height: 0, mobile: false, deviceScaleFactor: look.scale },
      });
    if (look.forcedColors) await page.emulateMedia({ forcedColors: 'active' });
    if (look.large) await this.#zoom(session, isWindow, true);
    if (look.large && isWindow) await waitFor('large text', () => page.evaluate(() => window.innerWidth < 700));
    if (look.narrow) await this.#size(480, 760);
    return async () => {
      if (look.scale !== undefined) await session.send('Emulation.clearDeviceMetricsOverride');
      if (look.forcedColors) await page.emulateMedia({ forcedColors: null });
      if (look.large) await this.#zoom(session, isWindow, false);
      if (look.large && isWindow) await waitFor('its usual size', () => page.evaluate(() => window.innerWidth > 700));
      if (look.narrow) await this.#size(1200, 800);
    };
  }

  async #theme(page: Page, theme: 'light' | 'dark'): Promise<void> {
    await this.#app.ask('settings.set', { theme });
    await waitFor('the page has its colours', () =>
      page.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme),
    );
  }

  /** The main window has a size of text of its own; the overlay has the desktop's, which leaves it half its width. */
  async #zoom(session: CDPSession, isWindow: boolean, on: boolean): Promise<void> {
    if (isWindow) await this.#app.ask('settings.set', { textPercent: on ? 200 : 100 });
    else if (on)
      await session.send('Emulation.setDeviceMetricsOverride', {
        ...{ width: 360, height: 440, mobile: false, deviceScaleFactor: 2 },
      });
    else await session.send('Emulation.clearDeviceMetricsOverride');
  }

  #size(width: number, height: number): Promise<void> {
    return this.#app.electron.evaluate(
      ({ BrowserWindow }, wanted) => {
        for (const window of BrowserWindow.getAllWindows())
          if (window.webContents.getURL().includes('window.html')) window.setContentSize(wanted.width, wanted.height);
      },
      { width, height },
    );
  }
}

/** The page once it stands still, or after a second: a mark that turns and a caret that blinks never do. */
async function stillPicture(session: CDPSession): Promise<Buffer> {
  let last = '';
  for (let tries = 0; tries < 6; tries += 1) {
    await sleep(80);
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    if (data === last) break;
    last = data;
  }
  return Buffer.from(last, 'base64');
}
