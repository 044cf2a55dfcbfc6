import { AppError } from '../../contract/errors.ts';

/** Thrown when the bytes at hand end before the header does. */
export class HeaderTooShort extends Error {}

export interface ValueLimits {
  readonly arrayItems: number;
  readonly stringBytes: number;
}

/** Byte widths of the fixed-size value types of GGUF, by type number; 8 is a string, 9 an array. */
const widths: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const decoder = new TextDecoder();

/** Reads little-endian values from a buffer and refuses every length that is out of bounds before it allocates. */
export class BufferReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#at;
  }

  ascii(length: number): string {
    const at = this.#advance(length);
    return String.fromCharCode(...this.#bytes.subarray(at, at + length));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A 64-bit length as a number; anything over `limit` is a lie. */
  count(limit: number, what: string): number {
    const value = this.#view.getBigUint64(this.#advance(8), true);
    if (value > BigInt(limit))
      throw new AppError('model/unsupported', `too many ${what}`, { values: { detail: what } });
    return Number(value);
  }

  string(limit: number): string {
    const length = this.count(limit, 'letters');
    const at = this.#advance(length);
    return decoder.decode(this.#bytes.subarray(at, at + length));
  }

  /** A value of a type; arrays are checked and passed over, since no check of ours needs their items. */
  value(type: number, limits: ValueLimits): unknown {
    if (type === 8) return this.string(limits.stringBytes);
    if (type === 9) return this.#skipArray(limits);
    return this.#scalar(type);
  }

  #skipArray(limits: ValueLimits): null {
    const type = this.uint32();
    const length = this.count(limits.arrayItems, 'items');
    if (type === 8)
      for (let index = 0; index < length; index += 1) this.#advance(this.count(limits.stringBytes, 'letters'));
    else {
      const width = widths[type];
      if (width === undefined) throw new AppError('model/unsupported', 'nested array', { values: { detail: 'array' } });
      this.#advance(width * length);
    }
    return null;
  }

  #scalar(type: number): number | boolean {
    const width = widths[type];
    if (width === undefined)
      throw new AppError('model/unsupported', `value type ${type}`, { values: { detail: 'type' } });
    const at = this.#advance(width);
    const view = this.#view;
    const readers: Readonly<Record<number, () => number | boolean>> = {
      0: () => view.getUint8(at),
      1: () => view.getInt8(at),
      2: () => view.getUint16(at, true),
      3: () => view.getInt16(at, true),
      4: () => view.getUint32(at, true),
      5: () => view.getInt32(at, true),
      6: () => view.getFloat32(at, true),
      7: () => view.getUint8(at) !== 0,
      10: () => Number(view.getBigUint64(at, true)),
      11: () => Number(view.getBigInt64(at, true)),
      12: () => view.getFloat64(at, true),
    };
    return readers[type]?.() ?? 0;
  }

  #advance(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw new HeaderTooShort();
    this.#at = at + length;
    return at;
  }
}
