import { createContext, useContext } from 'react';
import type { Grounding } from '../../contract/grounding.ts';
import type { Locator } from '../../contract/locator.ts';
import type { PassageAt } from '../../contract/passage.ts';

/** A sentence of an answer with the passage nearest to it, numbered as it is shown. */
export interface Citation {
  readonly messageId: string;
  readonly number: number;
  readonly sentence: string;
  readonly locator: Locator | null;
  readonly at: PassageAt;
}

/** Where passages are shown beside the answer, and which is. */
export interface PassageDesk {
  readonly shown: Citation | null;
  readonly show: (citations: readonly Citation[], index: number) => void;
}

/** Null where there is no room for it: the file is opened instead. */
export const PassageDeskContext = createContext<PassageDesk | null>(null);

export function usePassageDesk(): PassageDesk | null {
  return useContext(PassageDeskContext);
}

/** The citations of an answer in their order. */
export function citationsOf(messageId: string | null, grounding: Grounding): readonly Citation[] {
  if (messageId === null || grounding.status !== 'looked-up') return [];
  return grounding.sentences.flatMap(({ text, nearest }, index) => {
    if (nearest === null) return [];
    const { locator, at } = nearest;
    return [{ messageId, number: index + 1, sentence: text, locator, at }];
  });
}
