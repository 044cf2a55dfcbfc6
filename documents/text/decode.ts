import { chineseCost } from './chinese-cost.ts';
import { decodeDos } from './dos.ts';
import { foreignLetterCost, westernCost } from './western-cost.ts';

/** Signs that are broken, as a share of those beyond ASCII: a text that was cut or damaged has fewer. */
const mostBroken = 0.05;
/** Bytes by which an old encoding is told: of a long text, the signs of its beginning tell it as well. */
const lookedAt = 100_000;
/** Bits by which a reading has to be the better one: text of DOS is rare, and what is valid UTF-8 mostly is that. */
const forDos = 12;
const forUtf8 = 4;
/** Signs of a text that can be valid UTF-8 without being meant so. */
const mostByChance = 3;

/**
 * Bytes of text as a string, whatever of the usual encodings they are in; null when they are in none of them. What is cut
 * within a sign, or damaged in few places, keeps its encoding and gets U+FFFD there.
 */
export function decodeText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeWide(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeWide(bytes, 'utf-16be');
  const utf8 = decode(bytes, 'utf-8') ?? decodeDamaged(bytes);
  return utf8 === null || isByChance(utf8, bytes) ? decodeOld(bytes) : utf8;
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
function decodeOld(bytes: Buffer): string {
  const sample = signsOf(bytes);
  const western = new TextDecoder('windows-1252');
  const costs = [
    { cost: westernCost(western.decode(sample)), read: () => decodeWestern(bytes) },
    { cost: chineseCost(sample), read: () => new TextDecoder('gb18030').decode(bytes) },
    { cost: westernCost(decodeDos(sample)) + forDos, read: () => decodeDos(bytes) },
  ];
  return costs.reduce((best, other) => (other.cost < best.cost ? other : best)).read();
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
