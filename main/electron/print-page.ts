import { readFile } from 'node:fs/promises';
import { type BrowserWindow, type Session, session } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { WindowRegistry } from '../windows/registry.ts';

const partition = 'beckon-print';
const address = `${pageOrigin}/printed.html`;
const margin = 0.7;

/** A page of chats as a PDF. Nothing in it runs, and it reaches nothing: not even our own pages. Null when it was ended. */
export async function printPage(
  registry: WindowRegistry,
  path: string,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const own = session.fromPartition(partition, { cache: false });
  lock(own, path);
  const window = registry.createUnseen(partition);
  const end = () => destroy(window);
  signal.addEventListener('abort', end, { once: true });
  try {
    await window.loadURL(address);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      margins: { top: margin, bottom: margin, left: margin, right: margin },
    });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    destroy(window);
    own.protocol.unhandle('beckon');
  }
}

/** The session answers this one address, with this one file. */
function lock(own: Session, path: string): void {
  own.protocol.handle('beckon', async ({ url }) => {
    if (url !== address) return new Response('not found', { status: 404 });
    const body = await readFile(path);
    // The page's own policy, which allows its style, stands in it.
    const headers = { 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' };
    return new Response(new Uint8Array(body), { headers });
  });
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== address }));
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
}

function destroy(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.destroy();
}
