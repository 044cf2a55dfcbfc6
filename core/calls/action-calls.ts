import type { ContextChip } from '../../contract/context.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { Call, CalledState } from '../../contract/routes/calls.ts';
import type { RunStarted } from '../../contract/run.ts';
import { StateSource } from '../../wire/state-source.ts';
import { InTurn } from '../in-turn.ts';

/** An action on the texts of chips, in a chat of its own. */
export interface ActionQuestion {
  readonly questionId: string;
  readonly actionId: string;
  readonly chipIds: readonly string[];
}

export interface ActionCallsOptions {
  /** Looks for selected text anew. */
  readonly capture: () => Promise<void>;
  readonly chips: () => readonly ContextChip[];
  /** Stores the question and begins to answer it; throws where it cannot be asked. */
  readonly start: (question: ActionQuestion) => RunStarted;
  /** What was sent belongs to its question then; the next one begins without it. */
  readonly clearContext: () => void;
}

/** Actions called by their keys: each press is an answer, whether or not a page is there to show it. */
export class ActionCalls {
  readonly state = new StateSource<CalledState>({ call: null });
  readonly #options: ActionCallsOptions;
  /** A capture that begins ends the one before, so that each key waits; one that repeats meanwhile is one press. */
  readonly #turns = new InTurn<void>();

  constructor(options: ActionCallsOptions) {
    this.#options = options;
  }

  /** Ends when the state tells what came of it. */
  async call(questionId: string, actionId: string): Promise<void> {
    await this.#turns.do(actionId, async () => {
      const call = await this.#begin(questionId, actionId);
      this.state.update({ call });
      // A page draws once for each: the answer comes before the box without its text.
      if (call.status === 'begun') this.#options.clearContext();
    });
  }

  shown(id: string): void {
    if (this.state.value.call?.id === id) this.state.update({ call: null });
  }

  async #begin(questionId: string, actionId: string): Promise<Call> {
    const { capture, chips, start } = this.#options;
    try {
      await capture();
      const chipIds = chips()
        .filter(isNewSelection)
        .map(({ id }) => id);
      const run = start({ questionId, actionId, chipIds });
      return { status: 'begun', id: questionId, run };
    } catch (error) {
      return { status: 'refused', id: questionId, cause: toErrorShape(error) };
    }
  }
}

/** An older selection, perhaps of another window, is not what the key was pressed for. */
function isNewSelection({ kind, status, fresh }: ContextChip): boolean {
  return kind === 'selection' && status === 'ready' && fresh;
}
