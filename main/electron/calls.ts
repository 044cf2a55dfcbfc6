import type { Disposable } from '../../contract/disposable.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { CoreProcess } from '../core/core-process.ts';
import { Timer } from '../disposable-timer.ts';
import type { Overlay } from '../windows/overlay.ts';
import type { KeptSettings } from './kept-settings.ts';
import { isWayland } from './system-keys.ts';

const focusLimitMs = 25;
const warmAfterMs = 30;

export interface CallsDeps {
  readonly shell: StateSource<ShellState>;
  /** What the shell builds later. */
  readonly settings: () => KeptSettings;
  readonly core: () => CoreProcess;
  readonly overlay: () => Overlay | null;
}

/** What happens when Beckon is called: by its hotkey, an action's own, a command, the tray or another start. */
export class Calls implements Disposable {
  readonly #deps: CallsDeps;
  readonly #warming = new Timer();

  constructor(deps: CallsDeps) {
    this.#deps = deps;
  }

  /** With an action: shows it and has the action run on what is selected, without the list. */
  toggle(actionId?: string): boolean {
    if (actionId !== undefined) {
      this.show();
      void this.#callFor(actionId);
      return true;
    }
    const visible = this.#deps.overlay()?.toggle() ?? false;
    if (visible) void this.#afterCall();
    return visible;
  }

  show(): void {
    this.#deps.overlay()?.show();
  }

  hide(): void {
    this.#deps.overlay()?.hide();
  }

  byHotkey(): void {
    if (!this.#isAsking()) this.toggle();
    setImmediate(() => this.#afterHotkey());
  }

  byCommand(actionId?: string): boolean {
    const visible = (isWayland() && this.#isAsking()) || this.toggle(actionId);
    const settings = this.#deps.settings();
    if (isWayland() && settings.value.toggleProvedAt === null) settings.change({ toggleProvedAt: Date.now() });
    return visible;
  }

  dispose(): void {
    this.#warming.dispose();
  }

  /** Whether the box that asks for the first press stands: it stays and goes on. */
  #isAsking(): boolean {
    return this.#deps.shell.value.firstRun && this.#deps.overlay()?.visible === true;
  }

  #afterHotkey(): void {
    const settings = this.#deps.settings();
    if (settings.value.hotkeyProvedAt === null) settings.change({ hotkeyProvedAt: Date.now() });
  }

  /** What a call begins beside the window: the selection is looked for, the model wakes. */
  async #afterCall(): Promise<void> {
    const overlay = this.#deps.overlay();
    const core = this.#deps.core();
    // Until the window has the keyboard the processor is for the display alone: when the capture began at the key, a letter
    // typed 10 ms after it was lost in about one run of fifteen (docs/decisions/0014).
    await overlay?.untilFocused(focusLimitMs);
    // Reading a model file takes a processor for itself, which the first picture still needs.
    this.#warming.set(warmAfterMs, () => void core.client?.request('engine.warm', {}));
    await core.client?.request('context.capture', {});
    overlay?.selectionRead();
  }

  async #callFor(actionId: string): Promise<void> {
    await this.#afterCall();
    const { shell } = this.#deps;
    shell.update({ called: { actionId, revision: (shell.value.called?.revision ?? 0) + 1 } });
  }
}
