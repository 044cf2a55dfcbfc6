import type { Disposable } from '../../contract/disposable.ts';
import { modifierMask } from './accelerator-key.ts';
import { GrabWatch } from './grab-watch.ts';
import type { GlobalKey } from './pressed-key.ts';
import type { RawInput } from './raw-input.ts';
import type { X11Connection } from './x11-connection.ts';

const currentTime = 0;
const asynchronous = 1;
const synchronous = 0;
const succeeded = 0;
/** How often the keyboard is asked for while a press waits for it. */
const askEveryMs = 40;
/** A press that is older means nothing any more: who locked the screen with a menu open comes back to no overlay. */
const longestMs = 20_000;

export interface MissedKeysOptions<Key extends GlobalKey> {
  readonly held: () => Iterable<Key>;
  /** Whether the press at that time, by the display's clock, came to this process after all. */
  readonly wasTaken: (keycode: number, time: number) => boolean;
  /** The keyboard is free, and stands still for this process. */
  readonly onFree: (key: Key) => void;
}

/**
 * Global keys that are pressed while another program has the whole keyboard: no grab of a key fires then. The presses are
 * seen as raw events, which are asked for only as long as somebody has the keyboard, compared with the keys that are held,
 * and forgotten. A global one is answered as soon as the keyboard is given back.
 */
export class MissedKeys<Key extends GlobalKey> implements Disposable {
  readonly #x: X11Connection;
  readonly #options: MissedKeysOptions<Key>;
  readonly #grabs: GrabWatch;
  readonly #end: () => void;
  #waiting: Key | null = null;

  constructor(x: X11Connection, input: RawInput, options: MissedKeysOptions<Key>) {
    this.#x = x;
    this.#options = options;
    this.#grabs = new GrabWatch(x, (isGrabbed) => void input.select('RawKeyPress', isGrabbed).catch(() => {}));
    this.#end = x.onEvent((event) => {
      if (event.name === 'XIRawKeyPress') void this.#look(event.detail, event.time);
    });
  }

  start(): Promise<void> {
    return this.#grabs.start();
  }

  /** A press that came the usual way is the one that counts. */
  cancel(): void {
    this.#waiting = null;
  }

  dispose(): void {
    this.#waiting = null;
    this.#grabs.dispose();
    this.#end();
  }

  async #look(keycode: number, time: number): Promise<void> {
    const keys = [...this.#options.held()].filter((key) => key.keycode === keycode);
    if (keys.length === 0) return;
    const [client, root] = await Promise.all([this.#x.client(), this.#x.root()]);
    // The display tells of the press before it answers this, if it is this process's.
    const pressed = await new Promise<number>((resolve) => {
      client.QueryPointer(root, (error, { keyMask }) => resolve(error ? 0 : keyMask & modifierMask));
    });
    const key = keys.find(({ modifiers }) => modifiers === pressed);
    if (key === undefined || this.#options.wasTaken(keycode, time)) return;
    const isFirst = this.#waiting === null;
    this.#waiting = key;
    if (isFirst) void this.#wait(performance.now());
  }

  async #wait(since: number): Promise<void> {
    for (; this.#waiting !== null && performance.now() - since < longestMs; await pause()) {
      if (!(await this.#takeKeyboard())) continue;
      const key = this.#waiting;
      this.#waiting = null;
      // It may have been let go of, or answered, meanwhile.
      if (key !== null && [...this.#options.held()].includes(key)) this.#options.onFree(key);
      else await this.#giveBack();
    }
    this.#waiting = null;
  }

  async #giveBack(): Promise<void> {
    (await this.#x.client()).UngrabKeyboard(currentTime);
  }

  async #takeKeyboard(): Promise<boolean> {
    const [client, root] = await Promise.all([this.#x.client(), this.#x.root()]);
    return new Promise((resolve) => {
      client.GrabKeyboard(root, 0, currentTime, asynchronous, synchronous, (error, status) =>
        resolve(!error && status === succeeded),
      );
    });
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, askEveryMs));
}
