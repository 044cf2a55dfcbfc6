import type { XEvent } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import { focusChangeMask, propertyChangeMask, type X11Connection } from './x11-connection.ts';

/** Modes of FocusIn and FocusOut (X11 protocol, chapter 10). */
const grabbed = 1;
const ungrabbed = 2;

/** Some window managers say which window is in front before they give it the focus. */
const againAfterMs = 150;

type FocusEvent = Extract<XEvent, { name: 'FocusIn' | 'FocusOut' }>;

/**
 * Tells when some program takes the whole keyboard (an open menu does), and when it gives it back: the window that has the
 * focus is told of both by the display, and so is whoever asks for the events of that window.
 */
export class GrabWatch implements Disposable {
  readonly #x: X11Connection;
  readonly #onChange: (isGrabbed: boolean) => void;
  readonly #end: () => void;
  #focus: { readonly window: number; readonly unselect: () => void } | null = null;
  #isGrabbed = false;
  #looking: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;

  constructor(x: X11Connection, onChange: (isGrabbed: boolean) => void) {
    this.#x = x;
    this.#onChange = onChange;
    this.#end = x.onEvent((event) => {
      if (event.name === 'FocusIn' || event.name === 'FocusOut') this.#take(event);
      // Only the root's are told: another window is in front now.
      else if (event.name === 'PropertyNotify') this.#lookTwice();
    });
  }

  async start(): Promise<void> {
    // Where no window has the focus, the root is told of the grab.
    await this.#x.select(await this.#x.root(), propertyChangeMask | focusChangeMask);
    this.#look();
    await this.#looking;
  }

  dispose(): void {
    clearTimeout(this.#again);
    this.#end();
    this.#focus?.unselect();
  }

  #take({ mode }: FocusEvent): void {
    if (mode === grabbed) this.#tell(true);
    else if (mode === ungrabbed) this.#tell(false);
    // The focus went from one window to another, by itself or while somebody has the keyboard.
    else this.#look();
  }

  #tell(isGrabbed: boolean): void {
    if (this.#isGrabbed === isGrabbed) return;
    this.#isGrabbed = isGrabbed;
    this.#onChange(isGrabbed);
  }

  #lookTwice(): void {
    this.#look();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#look(), againAfterMs);
  }

  /** One after another, so that the last answer counts. */
  #look(): void {
    this.#looking = this.#looking.then(async () => {
      const [client, root] = await Promise.all([this.#x.client(), this.#x.root()]);
      const window = await new Promise<number>((resolve) => {
        client.GetInputFocus((error, answer) => resolve(error ? 0 : answer.focus));
      });
      if (window === this.#focus?.window) return;
      this.#focus?.unselect();
      // 0 and 1 stand for nobody and for whatever is under the pointer.
      this.#focus =
        window <= 1 || window === root ? null : { window, unselect: await this.#x.select(window, focusChangeMask) };
    });
  }
}
