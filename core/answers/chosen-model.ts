import type { Sampling } from '../../contract/model.ts';
import type { Reason } from '../../contract/reason.ts';
import type { LanguageModel } from '../../models/language-model.ts';

/** A model ready to be asked, with how it likes to be asked. */
export interface ChosenModel {
  readonly model: LanguageModel;
  readonly sampling: Sampling;
  /** Why it is this one; left out where nothing chose. */
  readonly reason?: Reason;
}

/** What the person wants of who answers. */
export interface WantedModel {
  /** `null`: none in particular. */
  readonly modelId: string | null;
  /** On this machine, whichever is chosen. */
  readonly here: boolean;
}

/**
 * The model for an answer, whose receipts name it; waits while the only one is still arriving (`onWaiting`), rejects with
 * `model/none` without any.
 */
export type ChooseModel = (
  wanted: WantedModel,
  onWaiting: () => void,
  signal: AbortSignal,
  answerId: string,
) => Promise<ChosenModel>;
