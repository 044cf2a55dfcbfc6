import type { Disposable } from '../../contract/disposable.ts';
import type { ShadowRoom } from '../../contract/keys.ts';
import { Timer } from '../disposable-timer.ts';
import type { HotkeyPort } from './hotkeys.ts';
import type { KeyHolder } from './key-process.ts';

export interface PassedKeysOptions {
  /** Keys as the system gives them to this process: always there. */
  readonly own: HotkeyPort;
  readonly start: (onPressed: (accelerator: string) => void, onEnd: () => void) => KeyHolder;
}

/** A key is left alone for so long after it was registered: some are only tried. */
const passAfterMs = 250;
const restartAfterMs = 1000;
/** What was let go of by one is not always free at once for the other. */
const mostTries = 3;
const againAfterMs = 30;
/** A process that ended so often within the time is not started again: the keys stay here. */
const deathLimit = 3;
const deathWindowMs = 60_000;

interface Key {
  readonly onPressed: () => void;
  /** `passing`: nobody may hold it for a moment. */
  holder: 'own' | 'passing' | 'process';
}

/**
 * Global keys that are taken by this process, as anywhere, and passed on to one that can do more with them. When that one
 * ends, for whatever reason, they are taken back at once.
 */
export class PassedKeys implements HotkeyPort, Disposable {
  readonly #options: PassedKeysOptions;
  readonly #keys = new Map<string, Key>();
  readonly #pass = new Timer();
  readonly #restart = new Timer();
  readonly #deaths: number[] = [];
  #holder: KeyHolder | null = null;
  #followed: number | null = null;
  /** Let go by this process, but maybe not by the other one yet. */
  readonly #leaving = new Set<string>();
  /** Whether the person presses a key or clicks from a moment on; null where nobody can tell. */
  readonly person = {
    watch: () => this.#holder?.watchPerson(),
    wentOn: async (): Promise<boolean | null> => (await this.#holder?.personWentOn()) ?? null,
  };

  constructor(options: PassedKeysOptions) {
    this.#options = options;
  }

  /** Starts the process; until it is there, and without it, keys are held here. */
  start(): void {
    this.#holder = this.#options.start(
      (accelerator) => this.#keys.get(accelerator)?.onPressed(),
      () => this.#ended(),
    );
    if (this.#followed !== null) this.#holder.follow(this.#followed);
    this.#passLater();
  }

  register(accelerator: string, onPressed: () => void): boolean {
    // Nobody else can have got a key that the process is only just letting go of.
    const isLeaving = this.#leaving.delete(accelerator);
    if (!isLeaving && !this.#options.own.register(accelerator, onPressed)) return false;
    this.#keys.set(accelerator, { onPressed, holder: isLeaving ? 'passing' : 'own' });
    if (isLeaving) void this.#hold(accelerator);
    else this.#passLater();
    return true;
  }

  unregister(accelerator: string): void {
    const key = this.#keys.get(accelerator);
    this.#keys.delete(accelerator);
    if (key === undefined || key.holder === 'own') {
      this.#options.own.unregister(accelerator);
      return;
    }
    if (this.#holder === null) return;
    this.#leaving.add(accelerator);
    void this.#holder.letGo(accelerator).then(() => this.#leaving.delete(accelerator));
  }

  /** What is followed while it is visible, by its X11 window id; null for nothing. */
  follow(overlay: number | null): void {
    if (this.#followed === overlay) return;
    this.#followed = overlay;
    this.#holder?.follow(overlay);
  }

  /** False where the window cannot be seen through, or nobody is there to ask the display. */
  async giveRoom(window: number, room: ShadowRoom): Promise<boolean> {
    return (await this.#holder?.giveRoom(window, room)) ?? false;
  }

  dispose(): void {
    this.#pass.dispose();
    this.#restart.dispose();
    this.#holder?.dispose();
    this.#holder = null;
  }

  #passLater(): void {
    if (this.#holder !== null) this.#pass.set(passAfterMs, () => this.#passAll());
  }

  #passAll(): void {
    for (const [accelerator, key] of this.#keys) {
      if (key.holder !== 'own') continue;
      key.holder = 'passing';
      this.#options.own.unregister(accelerator);
      void this.#hold(accelerator);
    }
  }

  async #hold(accelerator: string): Promise<void> {
    const key = this.#keys.get(accelerator);
    if (key === undefined) return;
    // Somebody may take it back meanwhile, or register it anew.
    const isPassing = () => this.#keys.get(accelerator) === key && key.holder === 'passing';
    for (let left = mostTries; left > 0 && isPassing(); left -= 1) {
      const isHeld = (await this.#holder?.hold(accelerator)) ?? false;
      if (isHeld && isPassing()) key.holder = 'process';
      else if (!isHeld) await new Promise((resolve) => setTimeout(resolve, againAfterMs));
    }
    if (isPassing()) this.#takeBack(accelerator, key);
  }

  /** The display may come to the end of the one that had it a moment after this process does. */
  #takeBack(accelerator: string, key: Key, left: number = mostTries * 10): void {
    key.holder = 'own';
    if (this.#options.own.register(accelerator, key.onPressed) || left === 0) return;
    const again = () => {
      if (this.#keys.get(accelerator) === key && key.holder === 'own') this.#takeBack(accelerator, key, left - 1);
    };
    setTimeout(again, againAfterMs).unref();
  }

  #ended(): void {
    this.#holder = null;
    this.#leaving.clear();
    for (const [accelerator, key] of this.#keys) if (key.holder !== 'own') this.#takeBack(accelerator, key);
    const now = Date.now();
    this.#deaths.push(now);
    while ((this.#deaths[0] ?? now) < now - deathWindowMs) this.#deaths.shift();
    if (this.#deaths.length < deathLimit) this.#restart.set(restartAfterMs, () => this.start());
  }
}
