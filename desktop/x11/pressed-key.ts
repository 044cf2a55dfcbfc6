import type { Disposable } from '../../contract/disposable.ts';
import { lockMasks, modifierMask } from './accelerator-key.ts';
import { KeyRepeat } from './key-repeat.ts';
import type { X11Connection } from './x11-connection.ts';

const synchronous = 0;
const asynchronous = 1;
/** How often it is looked whether a key that fired is up again, in milliseconds. */
const lookEveryMs = 20;

/** A key and the modifiers that make it a global one, as bits of the X11 protocol. */
export interface GlobalKey {
  readonly keycode: number;
  readonly modifiers: number;
}

/** The key that fired last, while it was not seen to be up since, and when it fired. */
interface Down {
  readonly key: GlobalKey;
  readonly at: number;
}

/**
 * The global key that is down. A person who lets its modifiers go first would type what is left of it into whatever has the
 * keyboard by then, some thirty times a second: until it is up, the display keeps that too (GrabKey).
 */
export class PressedKey implements Disposable {
  readonly #x: X11Connection;
  /** Global keys that stay held when this one is up. */
  readonly #held: () => Iterable<GlobalKey>;
  readonly #repeat = new KeyRepeat();
  #down: Down | null = null;
  #look: NodeJS.Timeout | undefined;

  constructor(x: X11Connection, held: () => Iterable<GlobalKey>) {
    this.#x = x;
    this.#held = held;
  }

  /** To be called while the keyboard stands still at its press: nothing of it reaches anybody from then on. */
  async begin(key: GlobalKey, at: number): Promise<void> {
    const before = this.#down;
    this.#down = { key, at };
    this.#lookAgain();
    void this.#repeat.look();
    if (before?.key.keycode === key.keycode && before.key.modifiers === key.modifiers) return;
    const [client, root] = await Promise.all([this.#x.client(), this.#x.root()]);
    // Where another client has one of these, it is that client's key that fires.
    const taken = (): true => true;
    for (const masks of remainders(key)) client.GrabKey(root, 0, masks, key.keycode, asynchronous, synchronous, taken);
    if (before !== null) await this.#letGo(before.key);
  }

  /**
   * Whether a press is that of the key that is still down. While the keyboard stands still the display keeps a release back too:
   * a press that comes sooner than a repeat would is a new one, though the key was not seen to be up.
   */
  isRepeat(keycode: number, time: number): boolean {
    const down = this.#down;
    // The clock is 32 bits of milliseconds and starts over.
    return down !== null && down.key.keycode === keycode && (time - down.at) >>> 0 >= this.#repeat.afterMs;
  }

  /** The display lets go of everything when the connection ends. */
  dispose(): void {
    clearTimeout(this.#look);
    this.#repeat.dispose();
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
        const { keycode } = down.key;
        if (!error && (((map[keycode >> 3] ?? 0) >> (keycode & 7)) & 1) === 1) return this.#lookAgain();
        this.#down = null;
        void this.#letGo(down.key);
      });
    }, lookEveryMs);
  }

  async #letGo(key: GlobalKey): Promise<void> {
    const [client, root] = await Promise.all([this.#x.client(), this.#x.root()]);
    const stays = new Set([...this.#held()].filter(({ keycode }) => keycode === key.keycode).flatMap(withLocks));
    if (this.#down?.key.keycode === key.keycode) for (const masks of remainders(this.#down.key)) stays.add(masks);
    for (const masks of remainders(key)) if (!stays.has(masks)) client.UngrabKey(root, key.keycode, masks);
  }
}

/** What may be left of the modifiers while the key is still down, with whatever lock is on. */
function remainders({ modifiers, keycode }: GlobalKey): readonly number[] {
  const some = Array.from({ length: modifierMask + 1 }, (_, masks) => masks).filter(
    (masks) => (masks & ~modifiers) === 0 && masks !== modifiers,
  );
  return some.flatMap((masks) => withLocks({ keycode, modifiers: masks }));
}

function withLocks({ modifiers }: GlobalKey): readonly number[] {
  return lockMasks.map((locks) => modifiers | locks);
}
