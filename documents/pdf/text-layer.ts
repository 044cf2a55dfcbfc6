import type { TextLayer } from '../../contract/reader.ts';

/** Pages of print have more; a stamp, a page number or the mark of a scanner has fewer. */
const littleCharacters = 200;
const fewestCharacters = 20;
const mostUnknown = 0.3;
/** No text has signs that order a machine about; a font that numbers its letters its own way brings them for its first ones. */
const mostOrders = 0.02;

/** What keeps the text of a page from being all that stands on it; null for text enough of letters that mean something. */
export function textLayerOf(text: string): TextLayer | null {
  const characters = [...text.replaceAll(/[\s\p{Zs}]/gu, '')];
  if (characters.length === 0) return 'none';
  if (isUnreadable(characters)) return 'unreadable';
  return characters.length < littleCharacters ? 'little' : null;
}

/** Letters of a font that does not say which they are come as signs without a meaning: no words are better than these. */
function isUnreadable(characters: readonly string[]): boolean {
  if (characters.length < fewestCharacters) return false;
  const shareOf = (kind: RegExp) => characters.filter((character) => kind.test(character)).length / characters.length;
  return shareOf(/[\ufffd\p{Co}\p{Cc}\p{Cn}]/u) > mostUnknown || shareOf(/\p{Cc}/u) > mostOrders;
}
