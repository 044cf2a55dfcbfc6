import ownNames from './pinyin-of-own-names.json' with { type: 'json' };

const known: ReadonlyMap<string, string> = new Map(Object.entries(ownNames));
let dictionary: typeof import('pinyin-pro') | null = null;

/**
 * First letters of the pinyin of a Chinese text in lower case, which people type to find it; what is not Chinese is left out.
 * Empty too for a text that `needsDictionary`, until that is loaded.
 */
export function initialsOf(chinese: string): string {
  return known.get(chinese) ?? readInitials(chinese);
}

/** Beckon's own names are kept with their letters, because the dictionary takes 16 MB of memory and 60 ms. */
export function needsDictionary(text: string): boolean {
  return dictionary === null && !known.has(text) && /\p{Script=Han}/u.test(text);
}

export async function loadDictionary(): Promise<void> {
  dictionary = await import('pinyin-pro');
}

/** As `initialsOf`, from the dictionary also for a name that is known. */
export function readInitials(chinese: string): string {
  const letters = dictionary?.pinyin(chinese, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' });
  return (letters ?? []).join('').toLowerCase();
}
