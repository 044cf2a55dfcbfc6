import type { ModelHere, ModelRow } from '../../contract/model.ts';
import { isHere } from './model-kinds.ts';

/** What a model of a size is good for; its words are `models.goodFor.<name>` in `locales/`. */
export type GoodFor = 'least' | 'tiny' | 'small' | 'middle' | 'large' | 'huge';

/** By bytes of the file at the usual 4 to 5 bits a weight: a tenth of a billion, half of one, 1.5, 2 to 3, 4, and more. */
const upTo: readonly (readonly [number, GoodFor])[] = [
  [0.2e9, 'least'],
  [0.7e9, 'tiny'],
  [1.2e9, 'small'],
  [2.2e9, 'middle'],
  [4e9, 'large'],
];

/** Null for models of servers, of which only their publisher knows. */
export function goodFor(model: ModelRow): GoodFor | null {
  if (!isHere(model) || model.purpose !== 'chat' || model.bytes === null) return null;
  const { bytes } = model;
  return upTo.find(([most]) => bytes <= most)?.[1] ?? 'huge';
}

/** How fast a model is here: as it was measured, or as one of another size that was. */
export type Speed =
  | { readonly kind: 'measured' | 'estimate'; readonly wordsPerSecond: number }
  | { readonly kind: 'unknown' };

/**
 * Words a second. Writing a token reads the whole file once, so that speeds of two models on one machine are to each other as
 * their sizes, turned around.
 */
export function speedOf(model: ModelHere, all: readonly ModelRow[]): Speed {
  const { bytes, measuredWordsPerSecond } = model;
  if (measuredWordsPerSecond !== null) return { kind: 'measured', wordsPerSecond: measuredWordsPerSecond };
  const known = all
    .filter(isHere)
    .filter(
      ({ purpose, bytes: size, measuredWordsPerSecond: speed }) =>
        purpose === 'chat' && size !== null && speed !== null,
    )
    .sort((one, other) => distance(one, bytes) - distance(other, bytes));
  const nearest = known[0];
  if (nearest?.bytes == null || nearest.measuredWordsPerSecond === null || bytes === null) return { kind: 'unknown' };
  const words = (nearest.measuredWordsPerSecond * nearest.bytes) / bytes;
  return { kind: 'estimate', wordsPerSecond: Math.max(1, Math.round(words)) };
}

/** A page of about 450 words, and the room that a question and its answer take beside the text. */
const tokensOfPage = 600;
const shareOfText = 0.75;

/** Pages of text that a model takes in at once here; null where that is not known, or not even one. */
export function pagesOf({ windowTokens }: ModelHere): number | null {
  return Math.floor(((windowTokens ?? 0) * shareOfText) / tokensOfPage) || null;
}

/** How a speed is felt; people read about 4 words, or 6 Chinese characters, a second. */
export function paceOf(wordsPerSecond: number): 'slower' | 'asOneReads' | 'faster' {
  return wordsPerSecond < 3 ? 'slower' : wordsPerSecond <= 8 ? 'asOneReads' : 'faster';
}

function distance({ bytes }: ModelHere, to: number | null): number {
  return Math.abs(Math.log((bytes ?? 1) / (to ?? 1)));
}

/**
 * The model that this machine is best served by, when it is not here yet: the catalogue tells the best first, and the first
 * that fits well is it. Null when that one is here, or none fits well.
 */
export function recommendedId(models: readonly ModelRow[]): string | null {
  const best = models.find((row) => row.kind === 'catalogue' && row.purpose === 'chat' && row.fit === 'well');
  return best === undefined || best.installed ? null : best.id;
}

/** Share of the free memory that a model takes, from 0 to 1; null where that is not known. */
export function memoryShare({ needBytes, freeBytes }: ModelHere): number | null {
  if (needBytes === null || freeBytes === null || freeBytes <= 0) return null;
  return Math.min(1, needBytes / freeBytes);
}
