import { type LibraryState, libraryRoutes } from '../contract/routes/library.ts';
import { StateSource } from '../wire/state-source.ts';

/** Tells everyone who watches that a list should be asked for again. */
export class Library {
  readonly state = new StateSource<LibraryState>(libraryRoutes.states.library.initial);

  conversationsChanged(): void {
    this.state.update({ conversationsRevision: this.state.value.conversationsRevision + 1 });
  }

  modelsChanged(): void {
    this.state.update({ modelsRevision: this.state.value.modelsRevision + 1 });
  }

  runsChanged(runningRuns: LibraryState['runningRuns']): void {
    this.state.update({ runningRuns, conversationsRevision: this.state.value.conversationsRevision + 1 });
  }
}
