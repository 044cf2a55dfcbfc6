import type { XKeyboard } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import { X11Connection } from './x11-connection.ts';

/** What a display that does not tell it is taken to have: nobody can work with less. */
const shortestMs = 180;
/** A clock of whole milliseconds may tell the first repeat that much early. */
const clockMs = 3;
/** RepeatKeys of the boolean controls (X Keyboard Extension, 10.1). */
const repeatKeys = 1;

/**
 * When a key that is held down fires for the second time, as the display is set (XkbGetControls). It has a connection of its own:
 * the display tells who has asked for this extension of keys otherwise than others, and grabs are to stay as they are.
 */
export class KeyRepeat implements Disposable {
  readonly #connect: () => X11Connection;
  #x: X11Connection | null = null;
  #extension: Promise<XKeyboard> | null = null;
  #afterMs = shortestMs;

  constructor(connect: () => X11Connection = () => new X11Connection()) {
    this.#connect = connect;
  }

  /** In milliseconds after its press, as of the last `look`; infinite where keys do not repeat. */
  get afterMs(): number {
    return this.#afterMs;
  }

  /** People change it while Beckon runs. */
  async look(): Promise<void> {
    try {
      this.#extension ??= this.#open();
      const { UseCoreKbd, GetControls } = await this.#extension;
      const { repeatDelay, enabledControls } = await new Promise<KeyboardControls>((resolve, reject) => {
        GetControls(UseCoreKbd, (error, controls) => (error ? reject(error) : resolve(controls)));
      });
      const isOn = (enabledControls & repeatKeys) !== 0;
      this.#afterMs = isOn ? Math.max(1, repeatDelay - clockMs) : Number.POSITIVE_INFINITY;
    } catch {
      this.#afterMs = shortestMs;
    }
  }

  dispose(): void {
    this.#x?.dispose();
  }

  async #open(): Promise<XKeyboard> {
    this.#x = this.#connect();
    const client = await this.#x.client();
    return new Promise((resolve, reject) => {
      client.require('xkb', (error, found) => (error ? reject(error) : resolve(found)));
    });
  }
}

type KeyboardControls = Parameters<Parameters<XKeyboard['GetControls']>[1]>[1];
