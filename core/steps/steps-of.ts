import type { AtomFile } from '../../contract/atom.ts';
import { type Step, stepsDone } from '../../contract/atom-steps.ts';

/** The steps of an atom that are done. */
export function stepsOf(file: AtomFile): readonly Step[] {
  return stepsDone(allStepsOf(file));
}

/** The steps that an atom's file has, those that are switched off among them; an action is a chain of one. */
export function allStepsOf(file: AtomFile): readonly Step[] {
  if (file.atom === 2) return file.steps;
  const { prompt, sampling, maxTokens } = file;
  return [
    {
      ...{ do: 'prompt', prompt },
      ...(sampling === undefined ? {} : { sampling }),
      ...(maxTokens === undefined ? {} : { maxTokens }),
    },
  ];
}
