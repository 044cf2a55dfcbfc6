import { atomsOf, propertyChangeMask, type X11Connection } from './x11-connection.ts';

const substructureNotifyMask = 0x0008_0000;

export interface Ping {
  /** Resolves when the application has worked through everything that was sent to its window before. */
  readonly answered: Promise<void>;
  /** Ends the listening; to be called in any case. */
  readonly end: () => void;
}

/** `pingWindow` of one display. */
export type AskPing = (window: number, time: number) => Promise<Ping | null>;

/**
 * Asks an application whether it still answers (`_NET_WM_PING`, Extended Window Manager Hints 1.5): it does so in its turn,
 * so that what was sent before is done by then. Null for a window that does not take part in that.
 */
export async function pingWindow(x: X11Connection, window: number, time: number): Promise<Ping | null> {
  const [client, root, protocols, ping, offered] = await Promise.all([
    x.client(),
    x.root(),
    x.atom('WM_PROTOCOLS'),
    x.atom('_NET_WM_PING'),
    x.property(window, 'WM_PROTOCOLS'),
  ]);
  if (offered === null || !atomsOf(offered.data).includes(ping)) return null;
  let end = () => {};
  const answered = new Promise<void>((resolve) => {
    end = x.onEvent((event) => {
      if (event.name !== 'ClientMessage' || event.wid !== root || event.message_type !== protocols) return;
      const [what, when, which] = event.data;
      if (what === ping && when === time && which === window) resolve();
    });
  });
  // The answer goes to the root window, to whoever watches its children.
  client.ChangeWindowAttributes(root, { eventMask: propertyChangeMask | substructureNotifyMask });
  const message = { name: 'ClientMessage', seq: 0, format: 32, wid: window, message_type: protocols };
  client.SendEvent(window, 0, 0, { ...message, data: [ping, time, window, 0, 0] });
  const stop = () => {
    end();
    client.ChangeWindowAttributes(root, { eventMask: propertyChangeMask });
  };
  return { answered, end: stop };
}
