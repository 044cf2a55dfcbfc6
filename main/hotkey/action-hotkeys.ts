import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { normaliseAccelerator } from './accelerator.ts';
import type { HotkeyPort, LetGo } from './hotkeys.ts';

/** Global hotkeys of single actions, which run on the selected text without the list. By the action's id. */
export class ActionHotkeys implements Disposable {
  readonly #port: HotkeyPort;
  readonly #onPressed: (actionId: string) => void;
  readonly #bound = new Map<string, string>();
  readonly #registered = new Set<string>();
  readonly #letGo = new Set<LetGo>();

  constructor(port: HotkeyPort, onPressed: (actionId: string) => void) {
    this.#port = port;
    this.#onPressed = onPressed;
  }

  /** Registers all of them; answers the ids of actions whose keys another application holds. */
  start(bound: Readonly<Record<string, string>>): readonly string[] {
    for (const [actionId, accelerator] of Object.entries(bound)) this.#bound.set(actionId, accelerator);
    return [...this.#bound].filter(([id, accelerator]) => !this.#register(id, accelerator)).map(([id]) => id);
  }

  /**
   * Binds an action to a key, or with null to none; answers all that are bound then. Throws `hotkey/invalid` and
   * `hotkey/refused`; then the old key stays. `main`: the hotkey of the overlay itself.
   */
  change(actionId: string, accelerator: string | null, main: string): Readonly<Record<string, string>> {
    const normal = accelerator === null ? null : normaliseAccelerator(accelerator);
    if (accelerator !== null && normal === null)
      throw new AppError('hotkey/invalid', `not a hotkey: ${accelerator}`, { action: 'choose-hotkey' });
    const old = this.#bound.get(actionId);
    this.#unregister(actionId);
    if (normal !== null && (this.#isTaken(normal, main) || !this.#register(actionId, normal))) {
      if (old !== undefined) this.#register(actionId, old);
      const values = { accelerator: normal };
      throw new AppError('hotkey/refused', `the system refused ${normal}`, { values, action: 'choose-hotkey' });
    }
    if (normal === null) this.#bound.delete(actionId);
    else this.#bound.set(actionId, normal);
    if (this.#letGo.has('paused')) this.#unregister(actionId);
    return Object.fromEntries(this.#bound);
  }

  /** While the person presses a new hotkey, none of these fires. */
  listen(listening: boolean): void {
    this.#keep('listening', !listening);
  }

  /** Lets go of all of them, or takes them back. */
  pause(paused: boolean): void {
    this.#keep('paused', !paused);
  }

  dispose(): void {
    for (const actionId of [...this.#registered]) this.#unregister(actionId);
  }

  #keep(reason: LetGo, keeping: boolean): void {
    if (keeping) this.#letGo.delete(reason);
    else this.#letGo.add(reason);
    for (const [actionId, accelerator] of this.#bound) {
      if (this.#letGo.size > 0) this.#unregister(actionId);
      else this.#register(actionId, accelerator);
    }
  }

  #isTaken(accelerator: string, main: string): boolean {
    return accelerator === main || [...this.#bound.values()].includes(accelerator);
  }

  #register(actionId: string, accelerator: string): boolean {
    if (this.#registered.has(actionId)) return true;
    try {
      if (!this.#port.register(accelerator, () => this.#onPressed(actionId))) return false;
    } catch {
      // Electron throws on a name it cannot parse.
      return false;
    }
    this.#registered.add(actionId);
    return true;
  }

  #unregister(actionId: string): void {
    const accelerator = this.#bound.get(actionId);
    if (accelerator !== undefined && this.#registered.delete(actionId)) this.#port.unregister(accelerator);
  }
}
