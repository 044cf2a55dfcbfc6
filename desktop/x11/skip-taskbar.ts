import type { X11Connection } from './x11-connection.ts';

const add = 1;
/** The request comes from an application, not from a pager. */
const fromApplication = 1;
/** To whoever manages windows (SubstructureNotify and SubstructureRedirect). */
const toManager = 0x0018_0000;

/**
 * Asks the window manager to leave a visible window out of taskbars and pagers (Extended Window Manager Hints 1.5): it forgets
 * that with a window that is hidden.
 */
export async function skipTaskbar(x: X11Connection, window: number): Promise<void> {
  const [client, root, type, taskbar, pager] = await Promise.all([
    x.client(),
    x.root(),
    x.atom('_NET_WM_STATE'),
    x.atom('_NET_WM_STATE_SKIP_TASKBAR'),
    x.atom('_NET_WM_STATE_SKIP_PAGER'),
  ]);
  const message = { name: 'ClientMessage', seq: 0, format: 32, wid: window, message_type: type };
  client.SendEvent(root, 0, toManager, { ...message, data: [add, taskbar, pager, fromApplication, 0] });
}
