import type { Disposable } from '../../contract/disposable.ts';
import { joinRoutes } from '../../contract/join-routes.ts';
import type { desktopRoutes } from '../../contract/routes/desktop.ts';
import type { Handlers } from '../../wire/server.ts';
import { DesktopProcess } from '../desktop/desktop-process.ts';
import type { CoreBase } from '../surroundings.ts';
import { composeApplications } from './applications.ts';
import { composeClips } from './clips.ts';

const startDelayMs = 400;

/** What other applications show, and the clipboard. */
export function composeDesktop(base: CoreBase) {
  const { entries, host, store, log } = base;
  const desktop = store.add(
    new DesktopProcess({
      node: entries.node,
      entry: entries.desktop,
      shellProcessId: host.face === 'app' ? process.ppid : null,
      log: (detail) => log.write('desktop', { detail }),
    }),
  );
  // A moment later, so that starting it does not slow the start of everything else.
  if (host.face === 'app') store.add(after(startDelayMs, () => desktop.start()));
  const copy = async (text: string, html?: string) => {
    const { status } = await desktop.writeClipboardText(text, html);
    return status === 'available' || host.writeClipboard(text, html);
  };
  const { handlers: ofApplications, ...applications } = composeApplications(base, desktop);
  const handlers: Handlers<typeof desktopRoutes> = {
    requests: {
      'window.active': () => desktop.activeWindow(),
      'pointer.pressed': () => desktop.pointerPressed(),
      'accessibility.isOn': () => desktop.accessibilityOn(),
      'accessibility.turn': ({ on }) => desktop.turnAccessibility(on),
      'clipboard.copy': ({ text }) => copy(text),
    },
    streams: {},
    states: {},
  };
  return {
    desktop,
    copy,
    applications,
    handlers: joinRoutes(handlers, ofApplications, composeClips(base, desktop).handlers),
  };
}

function after(ms: number, work: () => void): Disposable {
  const timer = setTimeout(work, ms);
  timer.unref();
  return { dispose: () => clearTimeout(timer) };
}
