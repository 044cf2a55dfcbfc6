import type { BrowserWindow } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { WindowRegistry } from './registry.ts';

/** What the window shows before its page does: `--surface` of `renderer/ui/tokens.css`. */
export const surfaces = { light: '#ffffff', dark: '#1b1e24' } as const;

/** The main window is made when asked for and destroyed when closed: hidden, it would cost memory for nothing. */
export class MainWindow {
  readonly #registry: WindowRegistry;
  readonly #theme: () => 'light' | 'dark';

  constructor(registry: WindowRegistry, theme: () => 'light' | 'dark') {
    this.#registry = registry;
    this.#theme = theme;
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
      backgroundColor: surfaces[this.#theme()],
    });
    void window.loadURL(`${pageOrigin}/window.html`);
    return window;
  }
}
