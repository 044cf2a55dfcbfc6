import type { XTest } from 'x11';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';

const keysyms = { Control: 0xffe3, Shift: 0xffe1, space: 0x20 } as const;

/** Presses keys at times that the display itself keeps (XTEST), however busy this process is. */
export class Typist {
  readonly #x: X11Connection;
  readonly #test: XTest;
  readonly #codes: ReadonlyMap<number, number>;

  private constructor(x: X11Connection, test: XTest, codes: ReadonlyMap<number, number>) {
    this.#x = x;
    this.#test = test;
    this.#codes = codes;
  }

  static async start(display: string | undefined): Promise<Typist> {
    const x = new X11Connection(display);
    const { client, min_keycode: first, max_keycode: last } = await x.ready;
    const test = await new Promise<XTest>((resolve, reject) => {
      client.require('xtest', (error, extension) => (error ? reject(error) : resolve(extension)));
    });
    const rows = await new Promise<readonly (readonly number[])[]>((resolve, reject) => {
      client.GetKeyboardMapping(first, last - first + 1, (error, all) => (error ? reject(error) : resolve(all)));
    });
    const codes = new Map(rows.map((row, index) => [row[0] ?? 0, first + index] as const).reverse());
    return new Typist(x, test, codes);
  }

  /**
   * Ctrl+Shift+Space, held for `heldMs`, and then letters: the first `firstMs` after the chord is up, the others `gapsMs` after
   * the one before. `lastUp`: what is held so long, while the rest of the chord is let go of at once. Resolves once the display
   * has done all of it.
   */
  async callAndType(
    letters: string,
    { firstMs = 10, gapsMs = [8], heldMs = 0, lastUp = 'chord' as 'chord' | 'space' | 'Control' } = {},
  ): Promise<void> {
    for (const keysym of [keysyms.Control, keysyms.Shift, keysyms.space]) this.#key(keysym, true, 0);
    const last = lastUp === 'chord' ? null : keysyms[lastUp];
    const order = [keysyms.Shift, keysyms.Control].filter((keysym) => keysym !== last);
    if (last === null) this.#key(keysyms.space, false, heldMs);
    for (const keysym of order) this.#key(keysym, false, last === null ? 0 : 20);
    // The key itself is what repeats: it goes up right before the modifier that is held with it.
    if (last !== null) this.#key(keysyms.space, false, heldMs);
    if (last === keysyms.Control) this.#key(last, false, 0);
    for (const [index, letter] of [...letters].entries()) {
      this.#key(letter.charCodeAt(0), true, index === 0 ? firstMs : (gapsMs[index % gapsMs.length] ?? 0));
      this.#key(letter.charCodeAt(0), false, 0);
    }
    const client = await this.#x.client();
    await new Promise<void>((resolve) => client.QueryKeymap(() => resolve()));
  }

  stop(): void {
    this.#x.dispose();
  }

  #key(keysym: number, down: boolean, delayMs: number): void {
    const code = this.#codes.get(keysym);
    if (code === undefined) throw new Error(`this keyboard has no ${keysym}`);
    this.#test.FakeInput(down ? this.#test.KeyPress : this.#test.KeyRelease, code, delayMs, 0, 0, 0);
  }
}
