import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import decode, { init } from '@jsquash/webp/decode.js';
import type { Bitmap } from '../bitmap.ts';
import { checkSize } from './check-size.ts';
import { flatten } from './flatten.ts';

/** What the decoder hands its pixels out in, which a browser has. */
class Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** Reads a WebP, in WebAssembly: its decoder keeps to its own memory. */
export async function decodeWebp(bytes: Buffer): Promise<Bitmap> {
  const { width, height } = sizeOf(bytes);
  checkSize(width, height);
  await init({ wasmBinary: Uint8Array.from(readFileSync(decoderFile())).buffer });
  const decoded = await withPixels(() => decode(Uint8Array.from(bytes).buffer));
  if (decoded.width !== width || decoded.height !== height) throw new Error('pixels of another size');
  const { buffer, byteOffset, byteLength } = decoded.data;
  return flatten({ width, height, data: new Uint8Array(buffer, byteOffset, byteLength) });
}

/** The decoder takes the class of its pixels from the globals, whoever else has put one there. */
async function withPixels<Made>(decodes: () => Promise<Made>): Promise<Made> {
  const globals = globalThis as { ImageData?: unknown };
  const before = globals.ImageData;
  globals.ImageData = Pixels;
  try {
    return await decodes();
  } finally {
    globals.ImageData = before;
  }
}

/** The size by its first part, of which there are three kinds (RFC 9649, 2.4 to 2.7). */
function sizeOf(bytes: Buffer): { readonly width: number; readonly height: number } {
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (kind === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
  }
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  throw new Error('no kind of WebP that is known');
}

/** In the package, or beside the bundle when shipped. */
function decoderFile(): string {
  if (!import.meta.url.endsWith('.ts')) return join(dirname(process.argv[1] ?? ''), 'webp_dec.wasm');
  return join(dirname(fileURLToPath(import.meta.resolve('@jsquash/webp/decode.js'))), 'codec', 'dec', 'webp_dec.wasm');
}
