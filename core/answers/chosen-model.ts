import type { Sampling } from '../../contract/model.ts';
import type { LanguageModel } from '../../models/language-model.ts';

/** A model ready to be asked, with how it likes to be asked. */
export interface ChosenModel {
  readonly model: LanguageModel;
  readonly sampling: Sampling;
}

/**
 * The model for an answer, whose receipts name it; waits while the only one is still arriving (`onWaiting`), rejects with
 * `model/none` without any.
 */
export type ChooseModel = (
  modelId: string | null,
  onWaiting: () => void,
  signal: AbortSignal,
  answerId: string,
) => Promise<ChosenModel>;
