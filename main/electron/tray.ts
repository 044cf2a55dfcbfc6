import { Menu, nativeImage, Tray } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';
import icon2x from '../assets/tray@2x.png?inline';
import icon1x from '../assets/tray.png?inline';

export interface TrayWords {
  readonly tooltip: string;
  readonly show: string;
  readonly settings: string;
  readonly quit: string;
}

export interface TrayActions {
  readonly show: () => void;
  readonly settings: () => void;
  readonly quit: () => void;
}

/** The icon in the system's tray. Without a tray host it does nothing, and nothing else depends on it. */
export class TrayIcon implements Disposable {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  constructor(words: TrayWords, actions: TrayActions) {
    const image = nativeImage.createFromDataURL(icon1x);
    image.addRepresentation({ scaleFactor: 2, dataURL: icon2x });
    if (process.platform === 'darwin') image.setTemplateImage(true);
    this.#tray = new Tray(image);
    this.#actions = actions;
    this.#tray.on('click', actions.show);
    this.setWords(words);
  }

  setWords(words: TrayWords): void {
    this.#tray.setToolTip(words.tooltip);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words.show, click: this.#actions.show },
        { label: words.settings, click: this.#actions.settings },
        { type: 'separator' },
        { label: words.quit, click: this.#actions.quit },
      ]),
    );
  }

  dispose(): void {
    this.#tray.destroy();
  }
}
