/** What an answer has about it that cannot be read; each has a sentence (`server/unreadable`). */
export type Unreadable = 'packing' | 'status' | 'switched' | 'headers' | 'length' | 'announced' | 'pieces' | 'other';

/** An answer came, and cannot be read. */
export class UnreadableAnswer extends Error {
  readonly what: Unreadable;
  /** The status as it was said, where that is what is wrong. */
  readonly status: string | null;

  constructor(what: Unreadable, message: string, status: string | null = null) {
    super(message);
    this.what = what;
    this.status = status;
  }
}

interface ParserError extends Error {
  readonly code?: string;
  readonly rawPacket?: Uint8Array;
}

/** Node's names for what breaks the rules of HTTP, where more can be said than that. */
const parserCodes: readonly (readonly [RegExp, Unreadable])[] = [
  [/HEADER_OVERFLOW/, 'headers'],
  [/CONTENT_LENGTH|TRANSFER_ENCODING/, 'length'],
  [/INVALID_STATUS/, 'status'],
];

/**
 * What cannot be read of an answer, by an error of the parser or of what unpacks; null for any other error, and for what is
 * no HTTP at all. Only `begun` answers go on in a packet that does not begin as an answer does.
 */
export function unreadableOf(thrown: unknown, begun: boolean): UnreadableAnswer | null {
  if (thrown instanceof UnreadableAnswer) return thrown;
  if (!(thrown instanceof Error)) return null;
  const { code = '', rawPacket, message } = thrown as ParserError;
  if (/^Z_|^ERR_(?:BROTLI|ZSTD|ZLIB|_ERROR|_BROTLI|_ZSTD)|^ZSTD_|^BROTLI_/.test(code))
    return new UnreadableAnswer('packing', `${code} ${message}`);
  if (!code.startsWith('HPE_')) return null;
  const packet = Buffer.from(rawPacket ?? []).toString('latin1', 0, 60);
  if (!begun && !packet.startsWith('HTTP/')) return null;
  const what = parserCodes.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
  const status = what === 'status' ? /^HTTP\/\S* (\S{1,10})/.exec(packet)?.[1] : undefined;
  return new UnreadableAnswer(what, `${code} ${message}`, status ?? null);
}
