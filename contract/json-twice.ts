/** A member of an object whose name another member of it has, too. Readers of JSON take different ones. */
export interface TwiceInJson {
  /** From the whole to the member: names of members, and numbers of items. */
  readonly path: readonly (string | number)[];
  /** Where the second of the names begins in the text. */
  readonly at: number;
}

interface Level {
  /** Names that were met; null in a list. */
  readonly names: Set<string> | null;
  /** The member or item that is being read. */
  key: string | number;
}

const piece = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gsu;

/** Every such member of a text that parses as JSON, in the order of the text. */
export function twiceInJson(text: string): readonly TwiceInJson[] {
  const found: TwiceInJson[] = [];
  const levels: Level[] = [];
  let name: { readonly raw: string; readonly at: number } | null = null;
  for (const { 0: sign, index } of text.matchAll(piece)) {
    const level = levels.at(-1);
    if (sign === '{' || sign === '[') levels.push({ names: sign === '{' ? new Set() : null, key: 0 });
    else if (sign === '}' || sign === ']') levels.pop();
    else if (sign.startsWith('"')) name = { raw: sign, at: index };
    else if (level === undefined) continue;
    else if (sign === ',' && typeof level.key === 'number') level.key += level.names === null ? 1 : 0;
    else if (sign === ':' && name !== null && level.names !== null) {
      level.key = JSON.parse(name.raw) as string;
      if (level.names.has(level.key)) found.push({ path: levels.map(({ key }) => key), at: name.at });
      level.names.add(level.key);
    }
  }
  return found;
}
