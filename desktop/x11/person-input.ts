import type { Disposable } from '../../contract/disposable.ts';
import { isModifier, synthesisedKeysyms } from './keyboard.ts';
import { RawInput } from './raw-input.ts';
import { X11Connection } from './x11-connection.ts';

/** Return and Enter (keysymdef.h): by one of them an answer is sent on its way, and it may be held for a while. */
const enterKeysyms = [0xff0d, 0xff8d] as const;
/** The first three buttons; the others are the wheel, by which one reads on. */
const lastButton = 3;

/**
 * Whether the person has pressed a key or clicked since a moment. Raw events tell it whoever has the keyboard, and nothing is
 * kept of them but that there was one. Modifiers, Enter and the keys that Beckon presses itself do not count. It has a
 * connection of its own, so that the presses are told to nobody else in this process.
 */
export class PersonInput implements Disposable {
  readonly #connect: () => X11Connection;
  #x: X11Connection | null = null;
  #input: RawInput | null = null;
  #uncounted: ReadonlySet<number> = new Set();
  #isWatching = false;
  #wasThere = false;

  constructor(connect: () => X11Connection = () => new X11Connection()) {
    this.#connect = connect;
  }

  /** Forgets what was before. Throws where the display cannot tell. */
  async begin(): Promise<void> {
    const { x, input } = this.#open();
    // People change their layout while Beckon runs.
    this.#uncounted = await keycodesOf(x, (keysym) => isUncounted(keysym));
    await Promise.all([input.select('RawKeyPress', true), input.select('RawButtonPress', true)]);
    this.#wasThere = false;
    this.#isWatching = true;
  }

  /** Ends it; null where it was not begun. */
  async end(): Promise<boolean | null> {
    if (this.#x === null || this.#input === null || !this.#isWatching) return null;
    const client = await this.#x.client();
    // The display tells of all presses before it answers this.
    await new Promise<void>((resolve) => client.QueryKeymap(() => resolve()));
    this.#isWatching = false;
    await Promise.all([this.#input.select('RawKeyPress', false), this.#input.select('RawButtonPress', false)]);
    return this.#wasThere;
  }

  dispose(): void {
    this.#x?.dispose();
  }

  #open(): { readonly x: X11Connection; readonly input: RawInput } {
    if (this.#x !== null && this.#input !== null) return { x: this.#x, input: this.#input };
    const x = this.#connect();
    x.onEvent((event) => {
      if (event.name === 'XIRawKeyPress') this.#wasThere ||= !this.#uncounted.has(event.detail);
      else if (event.name === 'XIRawButtonPress') this.#wasThere ||= event.detail <= lastButton;
    });
    const input = new RawInput(x);
    this.#x = x;
    this.#input = input;
    return { x, input };
  }
}

function isUncounted(keysym: number): boolean {
  return isModifier(keysym) || synthesisedKeysyms.has(keysym) || enterKeysyms.some((enter) => enter === keysym);
}

/** Keys of this keyboard whose first sign in some layout is one of these. */
async function keycodesOf(x: X11Connection, isOne: (keysym: number) => boolean): Promise<ReadonlySet<number>> {
  const { client, min_keycode: first, max_keycode: last } = await x.ready;
  const rows = await new Promise<readonly (readonly number[])[]>((resolve, reject) => {
    client.GetKeyboardMapping(first, last - first + 1, (error, all) => (error ? reject(error) : resolve(all)));
  });
  return new Set(rows.flatMap((row, index) => (row.some((keysym) => isOne(keysym)) ? [first + index] : [])));
}
