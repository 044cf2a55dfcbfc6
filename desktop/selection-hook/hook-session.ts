import type { TextSelectionData } from 'selection-hook';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { withTimeLimit } from '../time-limit.ts';
import type { Hook, HookClass } from './library.ts';

const loadLimitMs = 2000;
/**
 * The library answers only while it also watches keys and mouse, for events that nobody here listens to. It rests this long
 * after a reading. Not at once: its threads lose an end that is asked for before they run (seen in its source, 2.0.3).
 */
const restAfterMs = 3000;
const answersOnly = { selectionPassiveMode: true, enableClipboard: false, enableMouseMoveEvent: false } as const;

/** The library, loaded when it is first needed, and awake only around a reading. */
export class HookSession implements Disposable {
  readonly #system: 'darwin' | 'win32';
  readonly #load: () => Promise<HookClass>;
  #hook: Promise<Hook> | null = null;
  #rest: NodeJS.Timeout | undefined;
  #askedForPermission = false;
  #disposed = false;

  constructor(system: 'darwin' | 'win32', load: () => Promise<HookClass>) {
    this.#system = system;
    this.#load = load;
  }

  /** Throws `capture/library-missing` or `capture/accessibility-off` when nothing could be read. */
  async check(): Promise<Hook> {
    this.#hook ??= this.#open();
    const hook = await this.#hook;
    if (this.#disposed) throw new AppError('capture/not-answering', 'this port is closed');
    if (this.#system === 'darwin' && !hook.macIsProcessTrusted())
      throw new AppError('capture/accessibility-off', 'macOS does not trust this process');
    return hook;
  }

  /** What is selected where the focus is; null for nothing. Throws as `check` does. */
  async read(): Promise<TextSelectionData | null> {
    const hook = await this.check().catch((error) => this.#askForPermission(error));
    clearTimeout(this.#rest);
    if (!hook.start(answersOnly)) throw new AppError('capture/library-missing', 'the library does not start');
    this.#rest = setTimeout(() => hook.stop(), restAfterMs);
    this.#rest.unref();
    return hook.getCurrentSelection();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#rest);
    void this.#hook?.then((hook) => hook.cleanup()).catch(() => {});
  }

  async #open(): Promise<Hook> {
    try {
      const Library = await withTimeLimit(this.#load(), loadLimitMs, 'capture/library-missing');
      const hook = new Library();
      // Without a listener each of its errors would end this process.
      hook.on('error', () => {});
      // Its last way is to press a copying key. It is on unless it is put off, and must be off before anything is read.
      if (!hook.disableClipboard() || !hook.setSelectionPassiveMode(true)) {
        hook.cleanup();
        throw new Error('it does not leave the clipboard alone');
      }
      return hook;
    } catch (error) {
      throw new AppError('capture/library-missing', String(error));
    }
  }

  /** The system's own dialog leads to its settings, and puts Beckon on the list there. Once is enough. */
  async #askForPermission(error: unknown): Promise<never> {
    if (error instanceof AppError && error.code === 'capture/accessibility-off' && !this.#askedForPermission) {
      this.#askedForPermission = true;
      (await this.#hook)?.macRequestProcessTrust();
    }
    throw error;
  }
}
