/** Signs that are broken, as a share of those beyond ASCII: a text that was cut or damaged has fewer. */
const mostBroken = 0.05;
/** Signs beyond ASCII from which on damaged Chinese is told from Western text. */
const enoughSigns = 50;

/**
 * Bytes of text as a string, whatever of the usual encodings they are in; null when they are in none of them. What is cut
 * within a sign, or damaged in few places, keeps its encoding and gets U+FFFD there.
 */
export function decodeText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeWide(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeWide(bytes, 'utf-16be');
  const utf8 = decode(bytes, 'utf-8') ?? decodeDamaged(bytes, 'utf-8', 1);
  if (utf8 !== null) return utf8;
  // Old Chinese files: GB18030 takes almost any bytes, so what comes out has to look like Chinese.
  const chinese = decode(bytes, 'gb18030') ?? decodeDamaged(bytes, 'gb18030', enoughSigns);
  if (chinese !== null && isMostlyChinese(chinese)) return chinese;
  return decode(bytes, 'windows-1252');
}

function decode(bytes: Buffer, encoding: string): string | null {
  try {
    // The mark at the beginning, if any, is taken away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-16 has a mark, so that it is this or nothing. */
function decodeWide(bytes: Buffer, encoding: string): string | null {
  const text = new TextDecoder(encoding).decode(bytes);
  return brokenSigns(text) <= Math.max(1, text.length * mostBroken) ? text : null;
}

/** Null where too much is broken for this encoding, or too few signs speak for it. A sign that is cut at the end counts not. */
function decodeDamaged(bytes: Buffer, encoding: string, leastSigns: number): string | null {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(bytes, { stream: true });
  const signs = text.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0;
  if (signs < leastSigns || brokenSigns(text) > signs * mostBroken) return null;
  return text + decoder.decode();
}

function brokenSigns(text: string): number {
  return text.split('\uFFFD').length - 1;
}

/** Western text that is read as GB18030 gives pairs of rare signs; Chinese text gives the usual ones and punctuation. */
function isMostlyChinese(text: string): boolean {
  const foreign = text.slice(0, 20_000).match(/[^\p{ASCII}]/gu) ?? [];
  const usual = foreign.filter((character) => /[\u4E00-\u9FA5\u3000-\u303F\uFF00-\uFFEF\u2010-\u2026]/.test(character));
  return foreign.length > 0 && usual.length / foreign.length > 0.9 && hasUsualSigns(foreign);
}

/** The most frequent signs of Chinese, of which any real text has some (simplified and traditional). */
const frequent = new Set(
  '的一是不了在人有我他这為为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从',
);

function hasUsualSigns(characters: readonly string[]): boolean {
  return characters.length < 8 || characters.some((character) => frequent.has(character));
}
