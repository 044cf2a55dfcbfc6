import type { Page } from 'playwright-core';
import type { BeckonApp } from '../support/beckon-app.ts';
import { waitFor } from '../support/processes.ts';

/** Opens the main window at one of its pages, in the size that pictures of it have. */
export async function openWindow(app: BeckonApp, page: string): Promise<Page> {
  await app.ask('window.open', { page, conversationId: null });
  const window = await waitFor('the main window', () =>
    app.electron.windows().find((each) => each.url().includes('window.html')),
  );
  await window.waitForSelector(`.page-${page}:not([hidden])`);
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows())
      if (each.webContents.getURL().includes('window.html')) each.setContentSize(1200, 800);
  });
  return window;
}
