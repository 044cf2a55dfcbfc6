import { screen } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';

/**
 * Knows the displays ahead: where there is only one, nothing has to be asked of the system on the way from the key to the
 * window.
 */
export class DisplayWatch implements Disposable {
  #displays: readonly Electron.Display[] = screen.getAllDisplays();

  constructor() {
    screen.on('display-added', this.#update);
    screen.on('display-removed', this.#update);
    screen.on('display-metrics-changed', this.#update);
  }

  underCursor(): Electron.Display {
    const [only, ...others] = this.#displays;
    if (only !== undefined && others.length === 0) return only;
    return screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  }

  dispose(): void {
    screen.off('display-added', this.#update);
    screen.off('display-removed', this.#update);
    screen.off('display-metrics-changed', this.#update);
  }

  readonly #update = (): void => {
    this.#displays = screen.getAllDisplays();
  };
}
