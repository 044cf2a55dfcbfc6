/** A word that can be completed, and what it is. */
export interface Offer {
  readonly word: string;
  readonly about: string;
}

/** More are found by their numbers in the history. */
export const mostChats = 30;
