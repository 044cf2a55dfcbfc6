import type { ToldCard } from '../../../contract/card.ts';
import { contentHash } from '../canonical.ts';
import type { Here } from '../doubts.ts';
import { fingerprintOf } from '../seal.ts';
import type { CheckedCard } from './find-card.ts';

/** A card whose signature holds, as a person is told of it. */
export function toldCard(
  { card, check }: CheckedCard,
  fileName: string,
  all: readonly Here[],
  ownKey: string | null,
): ToldCard {
  const { by, atom, file, said, receipt, model, host, at } = card;
  const here = atom === null ? undefined : all.find((one) => contentHash(one.file) === atom.hash)?.file;
  const isKnown = all.some((one) => one.file.shared?.by.key === by.key);
  return {
    fileName,
    by: { name: by.name, fingerprint: fingerprintOf(by.key) },
    standing: by.key === ownKey ? 'own' : isKnown ? 'before' : 'first',
    // What is here has a name of its own, whatever a card calls it.
    atom: atom === null || here === undefined ? atom : { ...atom, id: here.id, name: here.name },
    action: atom === null ? 'none' : file !== null ? 'inside' : here !== undefined ? 'here' : 'elsewhere',
    check,
    ...{ said, receipt, model, host, at },
  };
}
