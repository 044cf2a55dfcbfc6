import type { XTest } from 'x11';
import { AppError } from '../../contract/errors.ts';
import type { X11Connection } from './x11-connection.ts';

/** Keysyms (keysymdef.h) of the only keys that are ever synthesised. */
const keysyms = { Shift: 0xffe1, Control: 0xffe3, Left: 0xff51, Right: 0xff53, v: 0x76, z: 0x7a } as const;
/** Keysyms of modifiers, which must be up before a key is sent: Shift, Control, Caps Lock's neighbours, Alt, Super. */
const modifierRange = [0xffe1, 0xffee] as const;
const capsLock = 0xffe5;
const releaseLimitMs = 700;

export type KeyName = keyof typeof keysyms;

/** Presses keys in the window that has the focus (XTEST). Only for a window that is known to take them. */
export class Keyboard {
  readonly #x: X11Connection;
  #keycodes: Promise<ReadonlyMap<number, number>> | null = null;

  constructor(x: X11Connection) {
    this.#x = x;
  }

  /** One key, with a modifier held when asked; waits until the person's own modifiers are up. */
  async press(key: KeyName, modifier: 'Control' | 'Shift' | null): Promise<void> {
    await this.#waitForModifiers();
    const [client, test, keycodes] = await Promise.all([this.#x.client(), this.#test(), this.#mapping()]);
    const code = keycodes.get(keysyms[key]);
    const modifierCode = modifier === null ? null : keycodes.get(keysyms[modifier]);
    if (code === undefined || modifierCode === undefined)
      throw new AppError('put-back/refused', `the keyboard has no ${key}`);
    const down = (keycode: number) => test.FakeInput(test.KeyPress, keycode, 0, 0, 0, 0);
    const up = (keycode: number) => test.FakeInput(test.KeyRelease, keycode, 0, 0, 0, 0);
    if (modifierCode !== null) down(modifierCode);
    down(code);
    up(code);
    if (modifierCode !== null) up(modifierCode);
    // An answer means that the server has seen all of it.
    await new Promise<void>((resolve) => client.QueryKeymap(() => resolve()));
  }

  async #waitForModifiers(): Promise<void> {
    const end = Date.now() + releaseLimitMs;
    while (await this.#modifiersDown()) {
      if (Date.now() > end) throw new AppError('put-back/refused', 'a modifier key is held down');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #modifiersDown(): Promise<boolean> {
    const [client, keycodes] = await Promise.all([this.#x.client(), this.#mapping()]);
    const keys = await new Promise<Buffer>((resolve, reject) => {
      client.QueryKeymap((error, map) => (error ? reject(error) : resolve(map)));
    });
    return [...keycodes].some(([keysym, code]) => {
      const modifier = keysym >= modifierRange[0] && keysym <= modifierRange[1] && keysym !== capsLock;
      return modifier && (((keys[code >> 3] ?? 0) >> (code & 7)) & 1) === 1;
    });
  }

  #mapping(): Promise<ReadonlyMap<number, number>> {
    this.#keycodes ??= this.#readMapping();
    return this.#keycodes;
  }

  async #readMapping(): Promise<ReadonlyMap<number, number>> {
    const { client, min_keycode: first, max_keycode: last } = await this.#x.ready;
    const rows = await new Promise<readonly (readonly number[])[]>((resolve, reject) => {
      client.GetKeyboardMapping(first, last - first + 1, (error, all) => (error ? reject(error) : resolve(all)));
    });
    const found = new Map<number, number>();
    for (const [index, row] of rows.entries())
      for (const keysym of row) if (keysym !== 0 && !found.has(keysym)) found.set(keysym, first + index);
    return found;
  }

  async #test(): Promise<XTest> {
    const client = await this.#x.client();
    return new Promise((resolve, reject) => {
      client.require('xtest', (error, extension) => (error ? reject(error) : resolve(extension)));
    });
  }
}
