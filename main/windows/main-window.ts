import type { BrowserWindow } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { WindowRegistry } from './registry.ts';

/** The main window is made when asked for and destroyed when closed: hidden, it would cost memory for nothing. */
export class MainWindow {
  readonly #registry: WindowRegistry;

  constructor(registry: WindowRegistry) {
    this.#registry = registry;
  }

  show(): BrowserWindow {
    const window = this.#registry.get('main') ?? this.#create();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }

  #create(): BrowserWindow {
    const window = this.#registry.create('main', {
      width: 1080,
      height: 720,
      minWidth: 320,
      minHeight: 320,
      title: 'Beckon',
      autoHideMenuBar: true,
    });
    void window.loadURL(`${pageOrigin}/window.html`);
    return window;
  }
}
