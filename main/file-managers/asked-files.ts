import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The word of a command line behind which files stand that Beckon is to be asked about. */
export const askWord = '--ask';
const mostFiles = 200;
const mostCharacters = 4096;

/**
 * The files that a command line names behind `--ask`, as whole paths; none where it does not ask. A file manager gives paths, or
 * addresses of files; whatever else stands there is passed over, since a command line can come from anyone who may start a program.
 */
export function askedFiles(words: readonly string[]): readonly string[] {
  const from = words.indexOf(askWord);
  if (from < 0) return [];
  return words
    .slice(from + 1)
    .map(pathOf)
    .filter((path) => path !== null)
    .slice(0, mostFiles);
}

function pathOf(word: string): string | null {
  if (word.length > mostCharacters || word.includes('\0')) return null;
  if (!word.startsWith('file://')) return isAbsolute(word) ? word : null;
  try {
    return fileURLToPath(word);
  } catch {
    return null;
  }
}

/**
 * What a second start hands over for these files: their addresses, which are ASCII. Electron 25 cuts what is handed over at its first zero
 * byte, and a name in Chinese is written with some.
 */
export function filesToHand(files: readonly string[]): { readonly files: readonly string[] } {
  return { files: files.map((path) => pathToFileURL(path).href) };
}

/** What a second start hands to the running Beckon; anything that is no list of files counts as none. */
export function handedFiles(handed: unknown): readonly string[] {
  if (typeof handed !== 'object' || handed === null || !('files' in handed) || !Array.isArray(handed.files)) return [];
  const words = handed.files.filter((file) => typeof file === 'string');
  return askedFiles([askWord, ...words]);
}
