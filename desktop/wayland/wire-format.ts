import { endianness } from 'node:os';

/** An argument of a request. An object and a new id are numbers, too. */
export type Argument = { readonly uint: number } | { readonly string: string };

const headerBytes = 8;
const little = endianness() === 'LE';

/** One request as it goes over the socket (Wayland protocol, "Wire Format"): the machine's own byte order, 4-byte words. */
export function encodeRequest(object: number, opcode: number, args: readonly Argument[]): Buffer {
  const body = args.map((argument) => ('uint' in argument ? word(argument.uint) : text(argument.string)));
  const size = headerBytes + body.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([word(object), word(((size << 16) | opcode) >>> 0), ...body]);
}

export interface Message {
  readonly object: number;
  readonly opcode: number;
  readonly reader: MessageReader;
}

/** The whole messages at the beginning of `bytes`, and what is left of one that has not come whole yet. */
export function splitMessages(bytes: Buffer): { readonly messages: readonly Message[]; readonly remainder: Buffer } {
  const messages: Message[] = [];
  let at = 0;
  while (bytes.length - at >= headerBytes) {
    const second = readWord(bytes, at + 4);
    const size = second >>> 16;
    if (size < headerBytes) throw new Error(`a message of ${size} bytes`);
    if (bytes.length - at < size) break;
    const reader = new MessageReader(bytes.subarray(at + headerBytes, at + size));
    messages.push({ object: readWord(bytes, at), opcode: second & 0xffff, reader });
    at += size;
  }
  return { messages, remainder: bytes.subarray(at) };
}

/** Reads the arguments of one event, in their order. */
export class MessageReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  uint(): number {
    const value = readWord(this.#bytes, this.#at);
    this.#at += 4;
    return value;
  }

  /** Without the NUL that ends it. */
  string(): string {
    return this.#block()
      .toString('utf8')
      .replace(/\0[\s\S]*$/, '')
      .toWellFormed();
  }

  /** An array of 4-byte numbers. */
  uints(): readonly number[] {
    const block = this.#block();
    return Array.from({ length: Math.floor(block.length / 4) }, (_, index) => readWord(block, index * 4));
  }

  #block(): Buffer {
    const length = this.uint();
    const block = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += padded(length);
    return block;
  }
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value >>> 0);
  else bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function readWord(bytes: Buffer, at: number): number {
  return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(`${value}\0`, 'utf8');
  const block = Buffer.alloc(padded(bytes.length));
  bytes.copy(block);
  return Buffer.concat([word(bytes.length), block]);
}
