import type { XEvent } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import type { KeyOutcome } from '../../contract/keys.ts';
import { Turns } from '../turns.ts';
import { keycodeOf, lockMasks, modifierMask, parseAccelerator } from './accelerator-key.ts';
import { MissedKeys } from './missed-keys.ts';
import { type GlobalKey, PressedKey } from './pressed-key.ts';
import type { RawInput } from './raw-input.ts';
import { StillKeyboard } from './still-keyboard.ts';
import type { X11Connection } from './x11-connection.ts';

const synchronous = 0;
const asynchronous = 1;

interface HeldKey extends GlobalKey {
  readonly accelerator: string;
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
  readonly #down: PressedKey;
  readonly #missed: MissedKeys<HeldKey>;
  #last: { readonly keycode: number; readonly time: number } | null = null;

  constructor(x: X11Connection, input: RawInput, onPressed: (accelerator: string) => Promise<KeyOutcome>) {
    this.#x = x;
    this.#onPressed = onPressed;
    this.#still = new StillKeyboard(x);
    this.#down = new PressedKey(x, () => this.#held.values());
    this.#missed = new MissedKeys(x, input, {
      held: () => this.#held.values(),
      wasTaken: (keycode, time) => this.#still.isStill || (this.#last?.keycode === keycode && this.#last.time === time),
      onFree: (key) => void this.#answer(key),
    });
    this.#end = x.onEvent((event) => {
      if (event.name !== 'KeyPress') return;
      this.#last = event;
      void this.#take(event);
    });
  }

  /** From then on keys that are pressed while another program has the whole keyboard are answered once it gives it back. */
  start(): Promise<void> {
    return this.#missed.start();
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
    this.#down.dispose();
    this.#missed.dispose();
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
    const isNew = !this.#down.isRepeat(keycode, time);
    if (key === undefined) return isNew ? this.#still.passOn() : this.#still.swallow();
    if (!isNew) return this.#still.swallow();
    void this.#down.begin(key, time);
    await this.#answer(key);
  }

  /** The keyboard stands still for this process, by its grab of the key or of the keyboard. */
  async #answer(key: HeldKey): Promise<void> {
    this.#missed.cancel();
    const end = this.#still.begin();
    // Main may be gone by now: then nothing comes, and the keys go where they would have gone.
    const outcome = await this.#onPressed(key.accelerator).catch(() => null);
    await end(outcome);
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
