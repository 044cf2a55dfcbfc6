import type { BrowserWindow } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { CardPage } from '../../contract/card.ts';
import { AppError } from '../../contract/errors.ts';
import { Timer } from '../disposable-timer.ts';
import type { WindowRegistry } from '../windows/registry.ts';

/** A card is as wide as telephones show a picture, in CSS pixels, of each of which the picture has two a side. */
const width = 540;
const scale = 2;
/** Nothing draws a picture that is higher, in its own pixels. */
const mostPixels = 16_000;
const limitMs = 20_000;

/**
 * Draws a card with a page of ours in a window that is never shown; answers the bytes of a PNG. Throws `card/not-drawn`, and
 * `card/too-long` for one that is higher than any picture.
 */
export async function drawCard(registry: Pick<WindowRegistry, 'createDrawn'>, page: CardPage): Promise<Buffer> {
  const window = registry.createDrawn(width);
  try {
    return await within(limitMs, draw(window, page));
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('card/not-drawn', String(error), {}, error);
  } finally {
    if (!window.isDestroyed()) window.destroy();
  }
}

async function draw(window: BrowserWindow, page: CardPage): Promise<Buffer> {
  const { webContents } = window;
  const drawn = new Promise<number>((resolve) => {
    window.on('page-title-updated', (_event, title) => {
      const height = /^drawn (\d+)$/.exec(title)?.[1];
      if (height !== undefined) resolve(Number(height));
    });
  });
  await webContents.loadURL(`${pageOrigin}/card.html#${encodeURIComponent(JSON.stringify(page))}`);
  const height = await drawn;
  const most = Math.floor(mostPixels / scale);
  if (height > most)
    throw new AppError('card/too-long', `${height} pixels`, {
      values: { most: Math.floor(page.words.text.length * (most / height)) },
    });
  webContents.debugger.attach('1.3');
  const metrics = { width, height, deviceScaleFactor: scale, mobile: false };
  await webContents.debugger.sendCommand('Emulation.setDeviceMetricsOverride', metrics);
  const clip = { x: 0, y: 0, width, height, scale: 1 };
  const { data } = await webContents.debugger.sendCommand('Page.captureScreenshot', {
    ...{ format: 'png', captureBeyondViewport: true, clip },
  });
  return Buffer.from(String(data), 'base64');
}

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const timer = new Timer();
  const late = new Promise<never>((_, reject) => timer.set(ms, () => reject(new Error('it took too long'))));
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.dispose();
  }
}
