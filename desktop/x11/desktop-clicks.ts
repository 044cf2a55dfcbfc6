import type { XInput } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import { atomsOf, type X11Connection } from './x11-connection.ts';

/** Every mouse and touchpad there is, as one (XInput 2). */
const allMasterDevices = 1;
/** The first three buttons; the others are the wheel. */
const lastButton = 3;

/**
 * Tells of clicks on the bare desktop, which take the focus from nobody: by raw events (XInput 2.2), which come whoever the
 * click is for and take it from nobody either.
 */
export class DesktopClicks implements Disposable {
  readonly #x: X11Connection;
  readonly #onClick: () => void;
  readonly #end: () => void;
  #extension: Promise<XInput> | null = null;

  constructor(x: X11Connection, onClick: () => void) {
    this.#x = x;
    this.#onClick = onClick;
    this.#end = x.onEvent((event) => {
      if (event.name !== 'XIRawButtonPress' || event.detail > lastButton) return;
      void this.#isOnDesktop().then((isOnDesktop) => isOnDesktop && this.#onClick());
    });
  }

  /** Throws where the display has no such extension. */
  async watch(watching: boolean): Promise<void> {
    this.#extension ??= this.#open();
    const [extension, root] = await Promise.all([this.#extension, this.#x.root()]);
    const mask = watching ? extension.EventMask.RawButtonPress : 0;
    extension.XISelectEvents(root, { deviceId: allMasterDevices, mask });
  }

  dispose(): void {
    this.#end();
  }

  /** Nothing is under the pointer, or a window that draws the desktop. */
  async #isOnDesktop(): Promise<boolean> {
    const [client, root, desktop] = await Promise.all([
      this.#x.client(),
      this.#x.root(),
      this.#x.atom('_NET_WM_WINDOW_TYPE_DESKTOP'),
    ]);
    const window = await new Promise<number | null>((resolve) => {
      client.QueryPointer(root, (error, { child }) => resolve(error ? null : child));
    });
    if (window === null || window === 0) return window === 0;
    const type = await this.#x.property(window, '_NET_WM_WINDOW_TYPE');
    return type !== null && atomsOf(type.data).includes(desktop);
  }

  async #open(): Promise<XInput> {
    const client = await this.#x.client();
    const extension = await new Promise<XInput>((resolve, reject) => {
      client.require('xinput', (error, found) => (error ? reject(error) : resolve(found)));
    });
    // Before anything else of version 2 is asked.
    await new Promise<void>((resolve, reject) => {
      extension.XIQueryVersion(2, 2, (error) => (error ? reject(error) : resolve()));
    });
    return extension;
  }
}
