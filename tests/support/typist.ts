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
   * the one before. Resolves once the display has done all of it.
   */
  async callAndType(letters: string, { firstMs = 10, gapsMs = [8], heldMs = 0 } = {}): Promise<void> {
    this.#key(keysyms.Control, true, 0);
    this.#key(keysyms.Shift, true, 0);
    this.#key(keysyms.space, true, 0);
    this.#key(keysyms.space, false, heldMs);
    this.#key(keysyms.Shift, false, 0);
    this.#key(keysyms.Control, false, 0);
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
