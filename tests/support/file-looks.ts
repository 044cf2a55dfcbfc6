import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { BeckonApp } from './beckon-app.ts';
import { waitFor } from './processes.ts';

/** The language and the theme that a journey is made in. */
export interface Look {
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
}

/** Every language with every theme; a journey is made in one of them, and its pages are looked at in all. */
const looks: readonly Look[] = (['en', 'zh-CN'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
);

/** Puts the whole of Beckon into a look and waits until that page shows it. */
export async function wear(app: BeckonApp, page: Page, { language, theme }: Look): Promise<void> {
  await app.ask('settings.set', { language, theme });
  await waitFor(`the page is ${language} and ${theme}`, () =>
    page.evaluate(
      (wanted) =>
        document.documentElement.lang === wanted.language && document.documentElement.dataset['theme'] === wanted.theme,
      { language, theme },
    ),
  );
}

/** Takes a page in every look, at one pixel and at two for each of its own, and puts it back into the look it had. */
export async function takeInAllLooks(app: BeckonApp, page: Page, path: string, before: Look): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const look of looks)
    for (const scale of [1, 2]) {
      await wear(app, page, look);
      await session.send('Emulation.setDeviceMetricsOverride', {
        ...{ width: 0, height: 0, mobile: false, deviceScaleFactor: scale },
      });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
      writeFileSync(`${path}-${look.language.slice(0, 2)}-${look.theme}-${scale}x.png`, Buffer.from(data, 'base64'));
    }
  await session.send('Emulation.clearDeviceMetricsOverride');
  await session.detach();
  await wear(app, page, before);
}
