/** What a menu says of an application: its name, and the words that start it, with its field codes (`%U`). */
export interface MenuEntry {
  readonly name: string;
  readonly words: readonly string[];
}

const escapes: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** Reads an entry of a menu (Desktop Entry Specification 1.5); null for one that starts nothing that has a window. */
export function readMenuEntry(text: string): MenuEntry | null {
  const main = /^\[Desktop Entry\]$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  const fieldOf = (key: string) => new RegExp(`^${key}\\s*=\\s*(.*)$`, 'm').exec(main)?.[1]?.trim() ?? '';
  const unescaped = fieldOf('Exec').replaceAll(/\\([sntr\\])/g, (_, letter: string) => escapes[letter] ?? '');
  const words = wordsOf(unescaped);
  if (words.length === 0 || fieldOf('Terminal') === 'true') return null;
  return { name: fieldOf('Name').slice(0, 200), words };
}

/** The words of a line, some of them in quotation marks; nothing in them is ever given to a shell. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1'),
  );
}

/** Where the entry of an application may lie, by its id, below a folder of the system's or the person's own. */
export function entryPaths(id: string, folders: readonly string[]): readonly string[] {
  if (!/^[\w.+-]+\.desktop$/.test(id)) return [];
  // A dash in an id may stand for a folder.
  const names = [id, id.replace('-', '/')];
  return folders.flatMap((folder) => names.map((name) => `${folder}/applications/${name}`));
}
