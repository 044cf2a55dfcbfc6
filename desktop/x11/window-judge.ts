import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { applicationOf } from '../applications/applications.ts';
import { type Evidence, evidenceOf, holdsTerminal } from '../applications/evidence.ts';
import { type Judged, judge } from '../applications/judge.ts';
import type { ClientProcess } from './client-process.ts';

export interface WindowJudgeDeps {
  readonly processes: Pick<ClientProcess, 'of'>;
  readonly evidenceOf?: (processId: number) => Evidence;
  readonly holdsTerminal?: (processId: number) => boolean;
}

/** What may be done in a window, by what the display says which process made it. What the window says of itself counts for nothing. */
export class WindowJudge {
  readonly #processes: Pick<ClientProcess, 'of'>;
  readonly #evidenceOf: (processId: number) => Evidence;
  readonly #holdsTerminal: (processId: number) => boolean;

  constructor({ processes, ...looks }: WindowJudgeDeps) {
    this.#processes = processes;
    this.#evidenceOf = looks.evidenceOf ?? evidenceOf;
    this.#holdsTerminal = looks.holdsTerminal ?? holdsTerminal;
  }

  /**
   * Looked at anew each time: a terminal may have been opened in it since. An application that was tried is judged by its name
   * alone, since a look through all processes takes some milliseconds that a call has not; its processes are looked at before
   * the first key, and by `closely`.
   */
  async of(window: ActiveWindow, closely = false): Promise<Judged> {
    if (!closely && applicationOf(window).paste === 'keys') return judge(window, null);
    const processId = await this.#processes.of(Number(window.windowId));
    return judge(window, processId === null ? null : this.#evidenceOf(processId));
  }

  /** Throws `put-back/terminal-inside`: asked before the first key is pressed. */
  async requireNoTerminal(window: ActiveWindow): Promise<void> {
    const processId = await this.#processes.of(Number(window.windowId));
    if (processId !== null && this.#holdsTerminal(processId))
      throw new AppError('put-back/terminal-inside', 'a process of that window holds a terminal');
  }
}
