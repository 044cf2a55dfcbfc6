import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { app, type ProtocolResponse, protocol, session, type WebContents } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';

/** What a page may load: its own files, and nothing from anywhere else. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'none'; form-action 'none'; base-uri 'none'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const notFound: ProtocolResponse = { statusCode: 404, data: Buffer.from('not found') };

/** Before the app is ready: the scheme of our pages, and switches that keep Chromium from talking to anyone. */
export function prepareApp(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'beckon', privileges: { standard: true, secure: true } }]);
  // As root Chromium has to run without its sandbox (development only), and the two contradict each other.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-domain-reliability');
  app.commandLine.appendSwitch('no-pings');
  app.commandLine.appendSwitch('dns-prefetch-disable');
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** When the app is ready: pages come from one folder, every other address is refused, every permission denied. */
export function lockSession(rendererFolder: string): void {
  const { defaultSession } = session;
  // Not `handle`: its answers go through the whole of fetch, which main would load for them before the first window.
  protocol.registerBufferProtocol('beckon', ({ url }, answer) => void readPage(rendererFolder, url).then(answer));
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwn(details.url) });
  });
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setSpellCheckerEnabled(false);
  defaultSession.on('will-download', (event) => event.preventDefault());
}

function isOwn(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`) || url.startsWith('devtools://') || /^(data|blob):/.test(url);
}

function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

async function readPage(folder: string, address: string): Promise<ProtocolResponse> {
  try {
    const url = new URL(address);
    const path = normalize(join(folder, decodeURIComponent(url.pathname)));
    const type = types[extname(path)];
    if (url.host !== 'app' || !path.startsWith(folder + sep) || type === undefined) return notFound;
    return {
      data: await readFile(path),
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
    };
  } catch {
    // No file is there, or the address is no text.
    return notFound;
  }
}
