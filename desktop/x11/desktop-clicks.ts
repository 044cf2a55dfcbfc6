import type { Disposable } from '../../contract/disposable.ts';
import type { RawInput } from './raw-input.ts';
import { atomsOf, type X11Connection } from './x11-connection.ts';

/** The first three buttons; the others are the wheel. */
const lastButton = 3;

/** Tells of clicks where no window is seen, which take the focus from nobody: on the bare desktop, and `beside` a box in its window. */
export class DesktopClicks implements Disposable {
  readonly #x: X11Connection;
  readonly #onClick: () => void;
  readonly #end: () => void;
  readonly #input: RawInput;

  constructor(x: X11Connection, input: RawInput, beside: () => Promise<boolean>, onClick: () => void) {
    this.#x = x;
    this.#input = input;
    this.#onClick = onClick;
    this.#end = x.onEvent((event) => {
      if (event.name !== 'XIRawButtonPress' || event.detail > lastButton) return;
      void Promise.all([this.#isOnDesktop(), beside()]).then((found) => found.includes(true) && this.#onClick());
    });
  }

  /** Throws where the display has no such extension. */
  watch(watching: boolean): Promise<void> {
    return this.#input.select('RawButtonPress', watching);
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
}
