import type { XEvent } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import type { KeyOutcome } from '../../contract/keys.ts';
import { Turns } from '../turns.ts';
import { keycodeOf, lockMasks, modifierMask, parseAccelerator } from './accelerator-key.ts';
import { StillKeyboard } from './still-keyboard.ts';
import type { X11Connection } from './x11-connection.ts';

const synchronous = 0;
const asynchronous = 1;
/** A key that is held down fires again and again, not sooner than this after the first time, by the display's clock. */
const repeatAfterMs = 180;
/** So often is looked whether a key that fired is up again. */
const lookEveryMs = 20;

interface HeldKey {
  readonly accelerator: string;
  readonly keycode: number;
  readonly modifiers: number;
}

type KeyPress = Extract<XEvent, { name: 'KeyPress' }>;

/**
 * Global keys that are grabbed so that the display itself stands still at the press (GrabKey with a synchronous keyboard,
 * X11 protocol, chapter 10): no key that follows reaches anybody before it is said where it belongs.
 */
export class HeldKeys implements Disposable {
  readonly #x: X11Connection;
  readonly #onPressed: (accelerator: string) => Promise<KeyOutcome>;
  readonly #still: StillKeyboard;
  readonly #turns = new Turns();
  readonly #held = new Map<string, HeldKey>();
  readonly #end: () => void;
  /** The key that fired last, while it was not seen to be up since, and when it fired. */
  #down: { readonly keycode: number; readonly at: number } | null = null;
  #look: NodeJS.Timeout | undefined;

  constructor(x: X11Connection, onPressed: (accelerator: string) => Promise<KeyOutcome>) {
    this.#x = x;
    this.#onPressed = onPressed;
    this.#still = new StillKeyboard(x);
    this.#end = x.onEvent((event) => {
      if (event.name === 'KeyPress') void this.#take(event);
    });
  }

  /** False when another client has the key, or this keyboard has no such key. */
  async hold(accelerator: string): Promise<boolean> {
    return this.#turns.take(() => this.#hold(accelerator));
  }

  async letGo(accelerator: string): Promise<void> {
    return this.#turns.take(async () => {
      const key = this.#held.get(accelerator);
      this.#held.delete(accelerator);
      if (key !== undefined) await this.#ungrab(key);
    });
  }

  /** The display lets go of everything when the connection ends. */
  dispose(): void {
    this.#end();
    this.#still.dispose();
    clearTimeout(this.#look);
  }

  async #hold(accelerator: string): Promise<boolean> {
    const parsed = parseAccelerator(accelerator);
    const keycode = parsed === null ? null : await this.#keycode(parsed.keysym);
    if (parsed === null || keycode === null) return false;
    const key = { accelerator, keycode, modifiers: parsed.modifiers };
    const [client, root] = await Promise.all([this.#x.client(), this.#x.root()]);
    const grabs = lockMasks.map(
      (locks) =>
        new Promise<boolean>((resolve) => {
          const answer = (error: Error | null): true => {
            resolve(!error);
            // It is dealt with: an error that nobody takes would end the connection.
            return true;
          };
          client.GrabKey(root, 0, key.modifiers | locks, keycode, asynchronous, synchronous, answer);
        }),
    );
    const isHeld = (await Promise.all(grabs)).every((got) => got);
    if (isHeld) this.#held.set(accelerator, key);
    else await this.#ungrab(key);
    return isHeld;
  }

  async #take({ keycode, buttons, time }: KeyPress): Promise<void> {
    const pressed = buttons & modifierMask;
    const key = [...this.#held.values()].find((one) => one.keycode === keycode && one.modifiers === pressed);
    if (key === undefined || this.#isRepeat(keycode, time)) return this.#still.swallow();
    const end = this.#still.begin();
    this.#down = { keycode, at: time };
    this.#lookAgain();
    // Main may be gone by now: then nothing comes, and the keys go where they would have gone.
    const outcome = await this.#onPressed(key.accelerator).catch(() => null);
    await end(outcome);
  }

  #isRepeat(keycode: number, time: number): boolean {
    const down = this.#down;
    // The clock is 32 bits of milliseconds and starts over.
    return down !== null && down.keycode === keycode && (time - down.at) >>> 0 > repeatAfterMs;
  }

  /** The release goes to whoever has the keyboard by then, so that it is not told here. */
  #lookAgain(): void {
    clearTimeout(this.#look);
    this.#look = setTimeout(async () => {
      const down = this.#down;
      if (down === null) return;
      const client = await this.#x.client();
      client.QueryKeymap((error, map) => {
        if (this.#down !== down) return;
        const isDown = !error && (((map[down.keycode >> 3] ?? 0) >> (down.keycode & 7)) & 1) === 1;
        if (isDown) this.#lookAgain();
        else this.#down = null;
      });
    }, lookEveryMs);
  }

  async #keycode(keysym: number): Promise<number | null> {
    const { client, min_keycode: first, max_keycode: last } = await this.#x.ready;
    const rows = await new Promise<readonly (readonly number[])[]>((resolve, reject) => {
      client.GetKeyboardMapping(first, last - first + 1, (error, all) => (error ? reject(error) : resolve(all)));
    });
    return keycodeOf(keysym, rows, first);
  }

  async #ungrab({ keycode, modifiers }: HeldKey): Promise<void> {
    const [client, root] = await Promise.all([this.#x.client(), this.#x.root()]);
    for (const locks of lockMasks) client.UngrabKey(root, keycode, modifiers | locks);
    // An answer means that the display has done all of it.
    await new Promise<void>((resolve) => client.QueryKeymap(() => resolve()));
  }
}
