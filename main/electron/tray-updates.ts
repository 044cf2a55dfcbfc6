import { type Disposable, DisposableStore } from '../../contract/disposable.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { CoreRelay } from '../core/core-relay.ts';
import { Timer } from '../disposable-timer.ts';
import type { TrayActions, TrayWords } from '../shell/tray-menu.ts';
import type { KeptSettings } from './kept-settings.ts';
import { TrayIcon } from './tray.ts';

export interface TrayUpdatesDeps {
  readonly shell: StateSource<ShellState>;
  readonly settings: KeptSettings;
  readonly relay: CoreRelay;
  readonly words: () => TrayWords;
  readonly actions: TrayActions;
}

/** Many changes that come together, such as those of a start, make one menu; and none is made while the overlay comes. */
const settleMs = 300;

/** Keeps the tray's menu as language, lock, pause and model are. */
export class TrayUpdates implements Disposable {
  readonly #deps: TrayUpdatesDeps;
  readonly #tray: TrayIcon;
  readonly #store = new DisposableStore();
  readonly #timer = this.#store.add(new Timer());
  #model: { readonly key: string; readonly name: string | null } = { key: '', name: null };
  #shown = '';

  constructor(deps: TrayUpdatesDeps) {
    this.#deps = deps;
    const { shell, settings, relay, actions } = deps;
    this.#tray = this.#store.add(new TrayIcon(actions));
    const { library } = relay.handlers().states;
    const later = () => this.#timer.set(settleMs, () => void this.#update());
    for (const state of [shell, settings.state, library]) this.#store.add(state.subscribe(later));
    this.#show();
    later();
  }

  /** Shows the ticks as they are, after the system has changed one by itself at a click. */
  restore(): void {
    this.#shown = '';
    this.#show();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #update(): Promise<void> {
    const { shell, settings, relay } = this.#deps;
    const { modelId, servers, modelFiles } = settings.value;
    const { modelsRevision } = relay.handlers().states.library.get().value;
    const key = JSON.stringify([modelId, servers, modelFiles, modelsRevision, shell.value.core]);
    if (shell.value.core === 'running' && key !== this.#model.key) {
      const rows = await relay.ask('model.list', {}).catch(() => []);
      this.#model = { key, name: rows.find(({ purpose, chosen }) => purpose === 'chat' && chosen)?.name ?? null };
    }
    this.#show();
  }

  #show(): void {
    const { shell, settings, words } = this.#deps;
    const { language, hotkey } = shell.value;
    const state = { offline: settings.value.offline, paused: hotkey.paused, model: this.#model.name };
    const shown = JSON.stringify([language, state]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.set(words(), state);
  }
}
