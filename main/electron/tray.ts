import { Menu, nativeImage, Tray } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';
import icon2x from '../assets/tray@2x.png?inline';
import icon1x from '../assets/tray.png?inline';
import { type TrayActions, type TrayState, type TrayWords, trayMenu } from '../shell/tray-menu.ts';

/** The icon in the system's tray. Without a tray host it does nothing, and nothing else depends on it. */
export class TrayIcon implements Disposable {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  constructor(actions: TrayActions) {
    const image = nativeImage.createFromDataURL(icon1x);
    image.addRepresentation({ scaleFactor: 2, dataURL: icon2x });
    if (process.platform === 'darwin') image.setTemplateImage(true);
    this.#tray = new Tray(image);
    this.#actions = actions;
    this.#tray.on('click', actions.show);
  }

  /** A tick that the system changed by itself at a click is as the state says again. */
  set(words: TrayWords, state: TrayState): void {
    this.#tray.setToolTip(words.tooltip);
    this.#tray.setContextMenu(Menu.buildFromTemplate([...trayMenu(words, state, this.#actions)]));
  }

  dispose(): void {
    this.#tray.destroy();
  }
}
