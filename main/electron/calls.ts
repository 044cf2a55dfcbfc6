import { randomUUID } from 'node:crypto';
import type { Disposable } from '../../contract/disposable.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { CoreProcess } from '../core/core-process.ts';
import type { CoreRelay } from '../core/core-relay.ts';
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
  readonly relay: () => CoreRelay;
  readonly overlay: () => Overlay | null;
}

/** What happens when Beckon is called: by its hotkey, an action's own, a command, the tray or another start. */
export class Calls implements Disposable {
  readonly #deps: CallsDeps;
  readonly #warming = new Timer();

  constructor(deps: CallsDeps) {
    this.#deps = deps;
  }

  /** With an action: shows it, and core has the action run on what is selected; no page has to be there for that. */
  toggle(actionId?: string): boolean {
    if (actionId !== undefined) {
      this.show();
      const questionId = `m-${randomUUID()}`;
      void this.#afterCall(() => this.#deps.relay().ask('action.call', { questionId, actionId }));
      return true;
    }
    const overlay = this.#deps.overlay();
    if (overlay?.hasJustCome) {
      // What it came for stands in it.
      overlay.takeBack();
      return true;
    }
    const visible = overlay?.toggle() ?? false;
    if (visible) void this.#afterCall(() => this.#deps.core().client?.request('context.capture', {}));
    return visible;
  }

  /** Shows it, where it is not shown yet: an icon that was pressed twice hides nothing. */
  come(): void {
    if (!this.visible()) this.toggle();
  }

  /** Shows it with the keyboard, for files that are named: what was selected before does not go with them. */
  comeForFiles(): void {
    const isNew = !this.visible();
    this.show();
    if (isNew) void this.#afterCall(() => this.#deps.core().client?.request('context.clear', {}));
  }

  visible(): boolean {
    return this.#deps.overlay()?.visible === true;
  }

  show(): void {
    this.#deps.overlay()?.show();
  }

  comeBack(): void {
    this.#deps.overlay()?.comeBack();
  }

  showNewChat(): void {
    this.#deps.overlay()?.showNewChat();
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
    return this.#deps.shell.value.firstRun && this.visible();
  }

  #afterHotkey(): void {
    const settings = this.#deps.settings();
    if (settings.value.hotkeyProvedAt === null) settings.change({ hotkeyProvedAt: Date.now() });
  }

  /** What a call begins beside the window: the selection is looked for, the model wakes. */
  async #afterCall(capture: () => Promise<unknown> | undefined): Promise<void> {
    const overlay = this.#deps.overlay();
    const core = this.#deps.core();
    // Until the window has the keyboard the processor is for the display alone: when the capture began at the key, a letter
    // typed 10 ms after it was lost in about one run of fifteen (docs/decisions/0014).
    await overlay?.untilFocused(focusLimitMs);
    // Reading a model file takes a processor for itself, which the first picture still needs.
    this.#warming.set(warmAfterMs, () => void core.client?.request('engine.warm', {}));
    // Where core gave up, the window says so.
    await capture()?.catch(() => {});
    overlay?.selectionRead();
  }
}
