/** Bytes of a text in an encoding of before UTF-8, made by turning `TextDecoder` round; null where it has not all the signs. */
export function encodeOld(text: string, label: string): Buffer | null {
  const bytesOf = tableOf(label);
  const bytes: number[] = [];
  for (const character of text) {
    const own = character <= '\x7f' ? [character.charCodeAt(0)] : bytesOf.get(character);
    if (own === undefined) return null;
    bytes.push(...own);
  }
  return Buffer.from(bytes);
}

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

function tableOf(label: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(label);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  const learn = (bytes: readonly number[]) => {
    const text = new TextDecoder(label).decode(Buffer.from(bytes));
    if ([...text].length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, bytes);
  };
  for (let first = 0x80; first <= 0xff; first += 1) learn([first]);
  if (/^(big5|shift_jis|euc-jp|euc-kr|gb18030)$/.test(label))
    for (let first = 0x81; first <= 0xfe; first += 1)
      for (let second = 0x40; second <= 0xfe; second += 1) learn([first, second]);
  tables.set(label, table);
  return table;
}
