import type { Disposable } from '../../contract/disposable.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { normaliseAccelerator, proposedAccelerators } from './accelerator.ts';

/** The system's global hotkeys; `register` says false when another application holds the keys. */
export interface HotkeyPort {
  register(accelerator: string, onPressed: () => void): boolean;
  unregister(accelerator: string): void;
}

export interface HotkeyState {
  readonly accelerator: string;
  readonly registered: boolean;
  readonly error: AppErrorShape | null;
  readonly proposals: readonly string[];
  /** The person let go of it until they say otherwise, or Beckon starts anew. */
  readonly paused: boolean;
}

/** Why a key is let go for a while: the person presses a new one, or wants none. */
export type LetGo = 'listening' | 'paused';

/** One global hotkey: registered, refused and said, or let go for a moment while the person presses a new one. */
export class Hotkeys implements Disposable {
  readonly #port: HotkeyPort;
  readonly #onPressed: () => void;
  readonly #onState: (state: HotkeyState) => void;
  readonly #toggleCommand: string | null;
  #state: HotkeyState = { accelerator: '', registered: false, error: null, proposals: [], paused: false };
  readonly #letGo = new Set<LetGo>();

  /** `toggleCommand`: what to bind in the desktop's settings, on systems where no application may take a key. */
  constructor(
    port: HotkeyPort,
    onPressed: () => void,
    onState: (state: HotkeyState) => void,
    toggleCommand: string | null = null,
  ) {
    this.#toggleCommand = toggleCommand;
    this.#port = port;
    this.#onPressed = onPressed;
    this.#onState = onState;
  }

  get state(): HotkeyState {
    return this.#state;
  }

  /** Registers the first hotkey; a refusal is kept in the state, with free ones to offer. */
  start(accelerator: string): void {
    const normal = normaliseAccelerator(accelerator) ?? accelerator;
    const paused = this.#letGo.has('paused');
    const registered = this.#tryRegister(normal);
    this.#set({
      accelerator: normal,
      registered,
      error: registered ? null : this.#refusal(normal),
      proposals: registered || this.#toggleCommand !== null ? [] : this.#freeProposals(normal),
      paused,
    });
  }

  /** Changes the hotkey. When the system refuses the new one, the old one stays and an AppError is thrown. */
  change(accelerator: string): string {
    const normal = normaliseAccelerator(accelerator);
    if (normal === null)
      throw new AppError('hotkey/invalid', `not a hotkey: ${accelerator}`, { action: 'choose-hotkey' });
    const old = this.#state;
    if (old.registered) this.#port.unregister(old.accelerator);
    if (this.#tryRegister(normal)) {
      this.#set({ ...old, accelerator: normal, registered: true, error: null, proposals: [] });
      if (this.#letGo.has('paused')) this.#release();
      return normal;
    }
    const restored = old.registered && this.#tryRegister(old.accelerator);
    this.#set({ ...old, registered: restored, proposals: this.#freeProposals(normal) });
    throw refused(normal);
  }

  listen(listening: boolean): void {
    this.#keep('listening', !listening);
  }

  /** Lets go of it, so that other applications get these keys, or takes it back. */
  pause(paused: boolean): void {
    this.#keep('paused', !paused);
    if (this.#state.paused !== paused) this.#set({ ...this.#state, paused });
  }

  dispose(): void {
    if (this.#state.registered) this.#port.unregister(this.#state.accelerator);
  }

  /** Held while nothing speaks against it. */
  #keep(reason: LetGo, keeping: boolean): void {
    if (keeping) this.#letGo.delete(reason);
    else this.#letGo.add(reason);
    if (this.#letGo.size > 0) this.#release();
    else if (!this.#state.registered) this.start(this.#state.accelerator);
  }

  #release(): void {
    if (!this.#state.registered) return;
    this.#port.unregister(this.#state.accelerator);
    this.#set({ ...this.#state, registered: false });
  }

  #refusal(accelerator: string): AppErrorShape {
    if (this.#toggleCommand === null) return toErrorShape(refused(accelerator));
    const values = { command: this.#toggleCommand };
    return { code: 'hotkey/wayland', message: 'the desktop gives keys here', values, action: 'open-settings' };
  }

  #tryRegister(accelerator: string): boolean {
    try {
      return this.#port.register(accelerator, this.#onPressed);
    } catch {
      // Electron throws on a name it cannot parse; for the person that is the same as refused.
      return false;
    }
  }

  #freeProposals(refusedOne: string): readonly string[] {
    const free: string[] = [];
    for (const candidate of proposedAccelerators) {
      if (candidate === refusedOne || free.length === 2) continue;
      if (!this.#tryRegister(candidate)) continue;
      this.#port.unregister(candidate);
      free.push(candidate);
    }
    return free;
  }

  #set(state: HotkeyState): void {
    this.#state = state;
    this.#onState(state);
  }
}

function refused(accelerator: string): AppError {
  return new AppError('hotkey/refused', `the system refused ${accelerator}`, {
    values: { accelerator },
    action: 'choose-hotkey',
  });
}
