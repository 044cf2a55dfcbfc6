import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { cardLimitBytes } from '../../../contract/card.ts';

/** Bytes that every PNG begins with (ISO/IEC 15948, 5.2), and what stands around a chunk's own: length, name and sum. */
const beginning = 8;
const around = 12;
/** The word that a text chunk is found by (11.3.3.4), then: not packed, no language, no translated word. */
const head = Buffer.from('beckon-card\0\0\0\0\0', 'latin1');

interface Chunk {
  readonly name: string;
  readonly data: Buffer;
  /** The byte at which the chunk begins, which is that of its length. */
  readonly at: number;
}

/** The chunks of a PNG, up to one that reaches past its end. */
function* chunksOf(png: Buffer): Generator<Chunk> {
  for (let at = beginning; at + around <= png.length; ) {
    const length = png.readUInt32BE(at);
    if (at + around + length > png.length) return;
    yield { name: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length), at };
    at += around + length;
  }
}

/** The card that a PNG carries, as text; null where there is none, or one that is too long to be one. */
export function readCardChunk(png: Buffer): string | null {
  for (const { name, data } of chunksOf(png)) {
    if (name !== 'iTXt' || !data.subarray(0, head.length).equals(head)) continue;
    return data.length - head.length > cardLimitBytes ? null : data.toString('utf8', head.length);
  }
  return null;
}

/** A PNG that carries a card, before its pixels. */
export function withCardChunk(png: Buffer, card: string): Buffer {
  const pixels = [...chunksOf(png)].find(({ name }) => name === 'IDAT');
  if (pixels === undefined) throw new Error('a picture without pixels');
  const named = Buffer.concat([Buffer.from('iTXt', 'latin1'), head, Buffer.from(card, 'utf8')]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(named.length - 4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([png.subarray(0, pixels.at), length, named, sum, png.subarray(pixels.at)]);
}

/** Says nothing of how a picture looks. All else may: another colour, or frames that move. */
const unseen = ['tEXt', 'zTXt', 'iTXt', 'tIME'];

/** SHA-256 of what decides how a PNG looks: all of it but text. */
export function pixelsHash(png: Buffer): string {
  const hash = createHash('sha256');
  for (const { name, data } of chunksOf(png)) {
    if (unseen.includes(name)) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    hash.update(name, 'latin1').update(length).update(data);
  }
  return hash.digest('hex');
}
