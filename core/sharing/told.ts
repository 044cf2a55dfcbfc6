import type { AtomFile } from '../../contract/atom.ts';
import type { Author, Seal, ToldAtom, ToldStep } from '../../contract/sharing.ts';
import { allStepsOf } from '../steps/steps-of.ts';
import { planOf, touchesOf } from '../steps/touches.ts';
import type { UnknownStep } from '../steps/unknown-steps.ts';
import { contentHash } from './canonical.ts';
import { fingerprintOf, isSealed } from './seal.ts';

/** An atom as a person is told of it. `raw`: what is hashed, where the file has steps that are not known. */
export function toldOf(file: AtomFile, unknown: readonly UnknownStep[] = [], raw: object = file): ToldAtom {
  const steps = allStepsOf(file);
  const names = new Map(unknown.map(({ at, name }) => [at, name]));
  const told = steps.map((step, at): ToldStep => {
    const name = names.get(at);
    return name === undefined ? step : { do: 'unknown', name };
  });
  const plan = planOf(steps);
  return {
    id: file.id,
    name: file.name,
    hint: file.hint ?? null,
    listedAs: file.family?.name ?? null,
    steps: told,
    touches: touchesOf(file),
    plan: unknown.length === 0 ? plan : { ...plan, types: [] },
    hash: contentHash(raw),
  };
}

/** Who signed a file, among the files that are here: `others` are those that are signed by somebody else's hand or the same. */
export function sealOf(file: AtomFile, ownKey: string | null, others: readonly AtomFile[]): Seal {
  const { shared } = file;
  if (shared === undefined) return { state: 'unsigned' };
  const by = { name: shared.by.name, fingerprint: fingerprintOf(shared.by.key) };
  if (!isSealed(file)) return { state: 'changed', by };
  const same = others.filter((other) => other.shared?.by.key === shared.by.key && isSealed(other)).length;
  const standing = shared.by.key === ownKey ? 'own' : same > 0 ? 'before' : 'first';
  return { state: 'signed', by, standing, others: same };
}

/** Whom its author says it was made from. */
export function originsOf({ shared }: AtomFile): readonly Author[] {
  return (shared?.from ?? []).map(({ name, key }) => ({ name, fingerprint: fingerprintOf(key) }));
}
