import type { BrowserWindow } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { WindowRegistry } from './registry.ts';

/** What the window shows before its page does: `--surface` of `renderer/ui/tokens.css`. */
export const surfaces = { light: '#ffffff', dark: '#1b1e24' } as const;

export interface MainWindowOptions {
  readonly registry: WindowRegistry;
  readonly theme: () => 'light' | 'dark';
  /** Names the page that is shown, and Beckon. */
  readonly title: () => string;
}

/** The main window is made when asked for and destroyed when closed: hidden, it would cost memory for nothing. */
export class MainWindow {
  readonly #registry: WindowRegistry;
  readonly #theme: () => 'light' | 'dark';
  readonly #title: () => string;

  constructor({ registry, theme, title }: MainWindowOptions) {
    this.#registry = registry;
    this.#theme = theme;
    this.#title = title;
  }

  /** Another page is shown, or the language is another one. */
  rename(): void {
    this.#registry.get('main')?.setTitle(this.#title());
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
      title: this.#title(),
      autoHideMenuBar: true,
      backgroundColor: surfaces[this.#theme()],
    });
    // The title is main's to say: the page's own never changes.
    window.on('page-title-updated', (event) => event.preventDefault());
    void window.loadURL(`${pageOrigin}/window.html`);
    return window;
  }
}
