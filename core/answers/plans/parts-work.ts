import type { GenerateInput } from '../../../contract/engine.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { AskedModel } from '../asked-model.ts';
import type { LongText } from '../long-text.ts';
import type { AnswerPart } from './plan.ts';

/** A part that a small model still reads well, and that leaves room for its answer; in characters. */
export const partCharacters = { en: 6000, 'zh-CN': 2200 } as const;

/** A text that is worked on in parts. */
export interface PartsWork {
  readonly model: AskedModel;
  readonly input: GenerateInput;
  readonly long: LongText;
  readonly parts: readonly string[];
  readonly signal: AbortSignal;
}

/** What comes of it: the parts of one generation, and how many parts of the text are read. */
export type WorkPart = AnswerPart | { readonly type: 'parts-read'; readonly read: number };

export const nothingNoted: AppErrorShape = {
  code: 'run/nothing-noted',
  message: 'nothing was written of any part',
  action: 'choose-model',
};
