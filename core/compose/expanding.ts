import type { UsedAction } from '../../contract/atom.ts';
import type { Step } from '../../contract/atom-steps.ts';
import type { Atoms } from '../atoms/atoms.ts';
import { contentHash } from '../sharing/canonical.ts';
import { type Expanded, expandSteps } from '../steps/expand.ts';
import type { CoreBase } from '../surroundings.ts';
import { personsLanguage } from './persons-language.ts';

/** Makes the steps of an action into those that are done, with what it calls as that is here now. Throws `step/call-…`. */
export type Expand = (id: string, steps: readonly Step[]) => Expanded;

export function composeExpand(base: CoreBase, atoms: Pick<Atoms, 'all'>): Expand {
  return (id, steps) => {
    const known = new Map(atoms.all().map(({ file }) => [file.id, file]));
    const find = (called: string) => {
      const file = known.get(called);
      return file === undefined ? null : { file, hash: contentHash(file) };
    };
    return expandSteps(id, steps, { find, language: personsLanguage(base) });
  };
}

/** An action as it is used on a text in a language. Throws `action/not-found`, and what `Expand` throws. */
export function useAction(atoms: Atoms, expand: Expand, id: string, language: 'en' | 'zh-CN'): UsedAction {
  const used = atoms.use(id, language);
  if (used.steps === undefined || !used.steps.some(standsForOthers)) return used;
  const { steps, places, staysHere } = expand(id, used.steps);
  return { ...used, steps: [...steps], places: [...places], ...(staysHere ? { stays: 'here' } : {}) };
}

function standsForOthers({ do: name }: Step): boolean {
  return name === 'call' || name === 'translate';
}
