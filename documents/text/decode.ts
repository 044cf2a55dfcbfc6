import type { TextEncoding } from '../../contract/document.ts';
import { chineseCost } from './chinese-cost.ts';
import type { Detector } from './detector.ts';
import { decodeDos } from './dos.ts';
import { foreignLetterCost, westernCost } from './western-cost.ts';
import { wideEncoding } from './wide.ts';

/** Signs that are broken, as a share of those beyond ASCII: a text that was cut or damaged has fewer. */
const mostBroken = 0.05;
/** Bytes by which an old encoding is told: of a long text, the signs of its beginning tell it as well. */
const lookedAt = 100_000;
/**
 * Bits by which a reading has to be the better one: text of DOS or of old Macs is rare, and what is valid UTF-8 mostly is that.
 * Letters of an old Mac are as many bytes as Chinese signs are.
 */
const forDos = 12;
const forMac = { 'windows-1252': 8, ibm850: 8, gb18030: 30 } as const;
const forUtf8 = 4;
/** Signs of a text that can be valid UTF-8 without being meant so. */
const mostByChance = 3;

/**
 * How sure the detector has to be: of 4,053 Western and Chinese texts of few signs none was taken for another encoding at more
 * than 0.16. Where neither reading costs little, less will do.
 */
const sure = 0.17;
const sureAgainstUnlikely = 0.1;
/** Bytes beyond ASCII from which a detector is asked: fewer are judged by what they stand beside. */
const fewestSigns = 6;
/** Bits a byte; of texts that are Western 95 % cost 7 or less. */
const unlikelyBits = 8;
/** Orders that begin Japanese characters of seven bits (ISO 2022-JP). */
const sevenBitMarks = ['\u001b$B', '\u001b$@'];
/** Pieces with a sign beyond ASCII. No second byte of a sign is a space, nor below the digits. */
const lines = /[^\r\n]*[\x80-\xff][^\r\n]*/g;
const words = /[^\0-/:-?]*[\x80-\xff][^\0-/:-?]*/g;
/** Encodings that are told apart better by what their letters stand beside. */
const judgedHere = new Set(['utf-8', 'windows-1252', 'iso-8859-15', 'gb18030', 'gbk', 'macintosh']);

/** A text, and what its bytes were taken for. */
export interface Decoded {
  readonly text: string;
  /** Its name on the web; `ibm850` for that of DOS. */
  readonly encoding: string;
  /** Nothing in the file says so. */
  readonly isGuess: boolean;
}

/** The text of bytes, as `decodeBytes` reads them. */
export function decodeText(bytes: Buffer, detector: Detector | null = null): string | null {
  return decodeBytes(bytes, detector)?.text ?? null;
}

/** The text of bytes in the encoding that a person said they are in; what is no sign in it becomes U+FFFD. */
export function decodeAs(bytes: Buffer, encoding: TextEncoding): string {
  return encoding === 'ibm850' ? decodeDos(bytes) : new TextDecoder(encoding).decode(bytes);
}

/** Whether all that is needed to read bytes is known without a detector. */
export function isPlain(bytes: Buffer): boolean {
  return hasMark(bytes) || decode(bytes, 'utf-8') !== null;
}

/**
 * Bytes of text as a string, whatever of the usual encodings they are in; null when they are in none of them. What is cut
 * within a sign, or damaged in few places, keeps its encoding and gets U+FFFD there. Without a detector an old text is Chinese
 * or Western.
 */
export function decodeBytes(bytes: Buffer, detector: Detector | null): Decoded | null {
  if (hasMark(bytes)) {
    const encoding = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
    return decoded(decodeWide(bytes, encoding), encoding, false);
  }
  const wide = wideEncoding(bytes);
  if (wide !== null) return decoded(decodeWide(bytes, wide), wide, true);
  const isSeven = sevenBitMarks.some((mark) => bytes.subarray(0, lookedAt).includes(mark, 0, 'latin1'));
  const japanese = isSeven ? decode(bytes, 'iso-2022-jp') : null;
  if (japanese !== null) return decoded(japanese, 'iso-2022-jp', true);
  const utf8 = decode(bytes, 'utf-8') ?? decodeDamaged(bytes);
  if (utf8 !== null && !isByChance(utf8, bytes)) return decoded(utf8, 'utf-8', false);
  return decodeDeclared(bytes) ?? decodeOld(bytes, detector);
}

function hasMark(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function decoded(text: string | null, encoding: string, isGuess: boolean): Decoded | null {
  return text === null ? null : { text, encoding, isGuess };
}

/** Reads bytes as a page says of itself at its beginning; null where it says nothing, or what cannot be. */
function decodeDeclared(bytes: Buffer): Decoded | null {
  const beginning = bytes.toString('latin1', 0, 2048);
  const said =
    /^\s*<\?xml[^>]{0,200}?encoding=["']([\w:.-]{1,40})["']/.exec(beginning)?.[1] ??
    /<meta[^>]{0,200}?charset=["']?\s*([\w:.-]{1,40})/i.exec(beginning)?.[1];
  if (said === undefined) return null;
  try {
    const decoder = new TextDecoder(said);
    // A text with signs beyond ASCII that says so of itself is not in UTF-16, and UTF-8 it is not.
    if (/^utf-/.test(decoder.encoding)) return null;
    const text = decoder.decode(bytes);
    return isWhole(text) ? { text, encoding: decoder.encoding, isGuess: false } : null;
  } catch {
    return null;
  }
}

/** Whether few signs of a reading are broken. */
function isWhole(text: string): boolean {
  return brokenSigns(text) <= (text.match(/\P{ASCII}/gu)?.length ?? 0) * mostBroken;
}

/**
 * Whether so few Chinese characters that their bytes are valid UTF-8, such as 女 and 元, were read as letters that nobody
 * writes like that.
 */
function isByChance(text: string, bytes: Buffer): boolean {
  const signs = text.match(/\P{ASCII}/gu) ?? [];
  if (signs.length === 0 || signs.length > mostByChance || signs.some((sign) => sign <= 'ÿ' || sign > '\u07FF'))
    return false;
  return foreignLetterCost(text) > chineseCost(signsOf(bytes)) + forUtf8;
}

/** Old files, Chinese or Western: nearly any bytes are a text in each, so that the likelier one is taken. */
function decodeOld(bytes: Buffer, detector: Detector | null): Decoded {
  const sample = signsOf(bytes);
  const [western, mac] = [new TextDecoder('windows-1252'), new TextDecoder('macintosh')];
  const costs = [
    { cost: westernCost(western.decode(sample)), encoding: 'windows-1252', read: () => decodeWestern(bytes) },
    { cost: chineseCost(sample), encoding: 'gb18030', read: () => new TextDecoder('gb18030').decode(bytes) },
    { cost: westernCost(decodeDos(sample)) + forDos, encoding: 'ibm850', read: () => decodeDos(bytes) },
  ] as const;
  const usual = costs.reduce((one: (typeof costs)[number], other) => (other.cost < one.cost ? other : one));
  const macCost = westernCost(mac.decode(sample)) + forMac[usual.encoding];
  const best = macCost < usual.cost ? { cost: macCost, encoding: 'macintosh', read: () => mac.decode(bytes) } : usual;
  const signs = sample.reduce((count, byte) => count + (byte > 0x7f ? 1 : 0), 0);
  const other =
    detector === null || signs < fewestSigns ? null : decodeDetected(bytes, detector, sample, best.cost / signs);
  return other ?? { text: best.read(), encoding: best.encoding, isGuess: true };
}

/** The reading of a detector that is sure enough of it; null where it is not, or where the bytes are no such text. */
function decodeDetected(bytes: Buffer, detector: Detector, sample: Buffer, bits: number): Decoded | null {
  // Letters of Latin alphabets are told by the plain ones between them, too; whichever answer is surer counts.
  const answers = [sample, foreignPieces(sample, lines), foreignPieces(sample, words)].flatMap(
    (piece) => detector(piece) ?? [],
  );
  const found = answers.toSorted((one, other) => other.confidence - one.confidence)[0];
  if (found === undefined || judgedHere.has(found.label)) return null;
  if (found.confidence < (bits >= unlikelyBits ? sureAgainstUnlikely : sure)) return null;
  const text = new TextDecoder(found.label).decode(bytes);
  return isWhole(text) ? { text, encoding: found.label, isGuess: true } : null;
}

/**
 * The pieces that have a sign beyond ASCII, alone: a page is mostly its own mark-up, which would make any detector less sure of what
 * the rest is in.
 */
function foreignPieces(bytes: Buffer, pieces: RegExp): Buffer {
  return Buffer.from((bytes.toString('latin1').match(pieces) ?? []).join(' '), 'latin1');
}

/** In the Western encoding of 1999, the sign of the euro stands where there was one that nobody used. */
function decodeWestern(bytes: Buffer): string {
  const text = new TextDecoder('windows-1252').decode(bytes);
  const isLater = /¤\s?\d|\d\s?¤/.test(text) && !/[^\p{ASCII}\u00A0-\u00FF]/u.test(text);
  return isLater ? new TextDecoder('iso-8859-15').decode(bytes) : text;
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

/** UTF-8 that is damaged in few places; else null. A sign that is cut at the end counts not. */
function decodeDamaged(bytes: Buffer): string | null {
  const decoder = new TextDecoder('utf-8');
  const text = decoder.decode(bytes, { stream: true });
  const signs = text.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0;
  if (signs < 1 || brokenSigns(text) > signs * mostBroken) return null;
  return text + decoder.decode();
}

function brokenSigns(text: string): number {
  return text.split('\uFFFD').length - 1;
}

/** The part of a text that tells its encoding: from its first sign beyond ASCII on, with what stands before it. */
function signsOf(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  return bytes.subarray(Math.max(0, first - 8), first + lookedAt);
}
