import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { sleep } from '../sleep.ts';
import type { Keyboard, KeyName } from './keyboard.ts';
import type { WindowWatch } from './window-watch.ts';

const focusLimitMs = 1200;
const lookEveryMs = 20;
/** An office that has just got the keyboard back throws away a shortcut that comes sooner. */
export const awakeMs = 200;

export interface WindowKeysDeps {
  readonly windows: Pick<WindowWatch, 'focused' | 'isOpen'>;
  readonly keyboard: Pick<Keyboard, 'press'>;
}

/** A key to be pressed. `check`: throws where it must not be pressed any more. */
export interface PressedOnce {
  readonly key: KeyName;
  readonly modifier: 'Control' | 'Shift' | null;
  readonly check?: () => void;
}

/** Keys for one window: each is pressed only while that window has the keyboard. */
export class WindowKeys {
  readonly #deps: WindowKeysDeps;

  constructor(deps: WindowKeysDeps) {
    this.#deps = deps;
  }

  /** Throws `put-back/not-in-front` or `put-back/target-gone`, as all of these do. */
  async waitForFocus(window: ActiveWindow): Promise<void> {
    const end = Date.now() + focusLimitMs;
    while ((await this.#deps.windows.focused()) !== Number(window.windowId)) {
      if (Date.now() > end) throw await this.#notInFront(window, 'the window did not get the focus back');
      await sleep(lookEveryMs);
    }
  }

  async press(window: ActiveWindow, key: KeyName, modifier: 'Control' | 'Shift' | null, times = 1): Promise<void> {
    for (let left = times; left > 0; left -= 1) await this.pressOnce(window, { key, modifier });
  }

  /** Between the checks and the key nothing is awaited that another window could use to come in front for long. */
  async pressOnce(window: ActiveWindow, { key, modifier, check }: PressedOnce): Promise<void> {
    await this.#deps.keyboard.press(key, modifier, async () => {
      await this.requireFocus(window);
      check?.();
    });
  }

  async requireFocus(window: ActiveWindow): Promise<void> {
    if ((await this.#deps.windows.focused()) !== Number(window.windowId))
      throw await this.#notInFront(window, 'another window has the focus');
  }

  async #notInFront({ windowId }: ActiveWindow, message: string): Promise<AppError> {
    const isOpen = await this.#deps.windows.isOpen(Number(windowId));
    return new AppError(isOpen ? 'put-back/not-in-front' : 'put-back/target-gone', message);
  }
}
