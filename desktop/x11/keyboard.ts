import type { XTest } from 'x11';
import { AppError } from '../../contract/errors.ts';
import type { X11Connection } from './x11-connection.ts';

/** Keysyms (keysymdef.h) of the only keys that are ever synthesised. */
const keysyms = {
  Shift: 0xffe1,
  Control: 0xffe3,
  BackSpace: 0xff08,
  Left: 0xff51,
  Up: 0xff52,
  Right: 0xff53,
  c: 0x63,
  v: 0x76,
  z: 0x7a,
} as const;
export const synthesisedKeysyms: ReadonlySet<number> = new Set(Object.values(keysyms));
/** Keysyms of modifiers, which must be up before a key is sent: Shift, Control, Caps Lock's neighbours, Alt, Super. */
const modifierRange = [0xffe1, 0xffee] as const;
const capsLock = 0xffe5;
const controlMask = 4;
/** Rows of a layout come in pairs, two for each group; an event tells its group in these bits of its state. */
const groupShift = 13;
const releaseLimitMs = 700;
/** A modifier that is let go may have switched windows: that is done by then. */
const settleMs = 50;

export type KeyName = keyof typeof keysyms;

interface Key {
  readonly code: number;
  /** The layout that has it, of those a person switches between. */
  readonly group: number;
}

/** Presses keys in the window that has the focus (XTEST). Only for a window that is known to take them. */
export class Keyboard {
  readonly #x: X11Connection;
  #keys: Promise<ReadonlyMap<number, Key>> | null = null;

  constructor(x: X11Connection) {
    this.#x = x;
  }

  /**
   * One key, with a modifier held when asked; waits until the person's own modifiers are up. `check` throws where the key must
   * not be pressed any more; it is asked last of all.
   */
  async press(
    key: KeyName,
    modifier: 'Control' | 'Shift' | null,
    check: () => Promise<void> = async () => {},
  ): Promise<void> {
    const [client, test, keys] = await Promise.all([this.#x.client(), this.#test(), this.#mapping()]);
    const end = Date.now() + releaseLimitMs;
    do {
      await this.#waitForModifiers(end);
      await check();
    } while (await this.#modifiersDown());
    const code = keys.get(keysyms[key])?.code;
    const modifierCode = modifier === null ? null : keys.get(keysyms[modifier])?.code;
    if (code === undefined || modifierCode === undefined)
      throw new AppError('put-back/refused', `the keyboard has no ${key}`);
    const down = (keycode: number) => test.FakeInput(test.KeyPress, keycode, 0, 0, 0, 0);
    const up = (keycode: number) => test.FakeInput(test.KeyRelease, keycode, 0, 0, 0, 0);
    // All of it leaves in one piece: a death between two pieces would leave a key down, which the display then repeats.
    client.stream.cork();
    if (modifierCode !== null) down(modifierCode);
    down(code);
    up(code);
    if (modifierCode !== null) up(modifierCode);
    client.stream.uncork();
    // An answer means that the server has seen all of it.
    await new Promise<void>((resolve) => client.QueryKeymap(() => resolve()));
  }

  /**
   * Ctrl+C, sent to the client that made a window and to nobody else, wherever the focus is and whatever keys the person
   * holds (XSendEvent). `time` by the display's clock: the application copies as of then. Terminals ignore sent keys.
   */
  async sendCopy(window: number, time: number): Promise<void> {
    const [client, root, keys] = await Promise.all([this.#x.client(), this.#x.root(), this.#mapping()]);
    const key = keys.get(keysyms.c);
    if (key === undefined) throw new AppError('capture/not-answering', 'the keyboard has no c');
    const place = { root, wid: window, child: 0, rootx: 0, rooty: 0, x: 0, y: 0, sameScreen: 1 };
    const event = { ...place, seq: 0, keycode: key.code, time, buttons: controlMask | (key.group << groupShift) };
    client.SendEvent(window, 0, 0, { ...event, name: 'KeyPress' });
    client.SendEvent(window, 0, 0, { ...event, name: 'KeyRelease' });
  }

  async #waitForModifiers(end: number): Promise<void> {
    let waited = false;
    while (await this.#modifiersDown()) {
      if (Date.now() > end) throw new AppError('put-back/refused', 'a modifier key is held down');
      waited = true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (waited) await new Promise((resolve) => setTimeout(resolve, settleMs));
  }

  async #modifiersDown(): Promise<boolean> {
    const [client, mapping] = await Promise.all([this.#x.client(), this.#mapping()]);
    const down = await new Promise<Buffer>((resolve, reject) => {
      client.QueryKeymap((error, map) => (error ? reject(error) : resolve(map)));
    });
    return [...mapping].some(
      ([keysym, { code }]) =>
        keysym !== capsLock && isModifier(keysym) && (((down[code >> 3] ?? 0) >> (code & 7)) & 1) === 1,
    );
  }

  #mapping(): Promise<ReadonlyMap<number, Key>> {
    this.#keys ??= this.#readMapping();
    return this.#keys;
  }

  async #readMapping(): Promise<ReadonlyMap<number, Key>> {
    const { client, min_keycode: first, max_keycode: last } = await this.#x.ready;
    const rows = await new Promise<readonly (readonly number[])[]>((resolve, reject) => {
      client.GetKeyboardMapping(first, last - first + 1, (error, all) => (error ? reject(error) : resolve(all)));
    });
    const found = new Map<number, Key>();
    for (const [index, row] of rows.entries())
      for (const [column, keysym] of row.entries())
        if (keysym !== 0 && !found.has(keysym)) found.set(keysym, { code: first + index, group: groupOf(column) });
    return found;
  }

  async #test(): Promise<XTest> {
    const client = await this.#x.client();
    return new Promise((resolve, reject) => {
      client.require('xtest', (error, extension) => (error ? reject(error) : resolve(extension)));
    });
  }
}

/** Caps Lock is one too. */
export function isModifier(keysym: number): boolean {
  return keysym >= modifierRange[0] && keysym <= modifierRange[1];
}

/** X11 tells two layouts in the first four columns of a key, and further ones behind them. */
function groupOf(column: number): number {
  return column === 2 || column === 3 ? 1 : 0;
}
