import type { AtomFile } from '../../contract/atom.ts';
import { type Step, stepsDone } from '../../contract/atom-steps.ts';

/** The steps of an atom that are done; an action is a chain of one. */
export function stepsOf(file: AtomFile): readonly Step[] {
  if (file.atom === 2) return stepsDone(file.steps);
  const { prompt, sampling, maxTokens } = file;
  return [
    {
      ...{ do: 'prompt', prompt },
      ...(sampling === undefined ? {} : { sampling }),
      ...(maxTokens === undefined ? {} : { maxTokens }),
    },
  ];
}
