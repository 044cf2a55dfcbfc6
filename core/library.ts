import { type LibraryState, libraryRoutes } from '../contract/routes/library.ts';
import { StateSource } from '../wire/state-source.ts';

/** Changes this close to one another are told as one: every one of them has pages ask for their lists again. */
const togetherMs = 20;

/** Tells everyone who watches that a list should be asked for again. */
export class Library {
  readonly state = new StateSource<LibraryState>(libraryRoutes.states.library.initial);
  #runs: LibraryState['runningRuns'] = [];
  #untold: Partial<LibraryState> = {};
  #timer: NodeJS.Timeout | null = null;

  /** Whether an answer is being made now. */
  get isAnswering(): boolean {
    return this.#runs.length > 0;
  }

  conversationsChanged(): void {
    this.#tell({ conversationsRevision: this.state.value.conversationsRevision + 1 });
  }

  modelsChanged(): void {
    this.#tell({ modelsRevision: this.state.value.modelsRevision + 1 });
  }

  runsChanged(runningRuns: LibraryState['runningRuns']): void {
    this.#runs = runningRuns;
    this.#tell({ runningRuns, conversationsRevision: this.state.value.conversationsRevision + 1 });
  }

  /** The first change is told at once, those that follow it closely together. */
  #tell(change: Partial<LibraryState>): void {
    this.#untold = { ...this.#untold, ...change };
    if (this.#timer !== null) return;
    this.#tellUntold();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#tellUntold();
    }, togetherMs);
    this.#timer.unref();
  }

  #tellUntold(): void {
    const change = this.#untold;
    this.#untold = {};
    this.state.update(change);
  }
}
