import { Duplex, pipeline, type Readable, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { UnreadableAnswer } from './unreadable.ts';

/** Packed twice happens (a server and a proxy before it); more is meant to do harm. */
const mostPackings = 2;
/** Packed bytes that come to nothing: a stream of empty blocks would go on for ever without a byte to count. */
const mostForNothing = 1_000_000;
/** As much as others allow by default for a packed stream to look back, in bytes as a power of two: 8 MB. */
const mostLookBack = 23;

/**
 * The content of a body that may be packed, though nobody asked for that: gzip, deflate, br, zstd. It unpacks as it is
 * read, 64 KB at a time. The stream fails with an Error for what cannot be unpacked; an end that is cut off is just its end.
 */
export function unpacked(body: Readable, encoding: string | null): Readable {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length === 0) return body;
  const steps = names.reverse().map(unpackerFor);
  if (steps.length > mostPackings || steps.includes(null)) {
    body.destroy(new UnreadableAnswer('packing', `packed as ${encoding?.slice(0, 100)}`));
    return body;
  }
  let forNothing = 0;
  let gave = false;
  const before = new Transform({
    transform(piece: Buffer, _encoding, done) {
      forNothing += piece.length;
      if (forNothing > mostForNothing) done(new UnreadableAnswer('packing', 'packed bytes with nothing in them'));
      else done(null, piece);
    },
  });
  const after = new Transform({
    transform(piece: Buffer, _encoding, done) {
      forNothing = 0;
      gave = true;
      done(null, piece);
    },
    // An end that is cut off is no end where it came before all else.
    flush(done) {
      done(forNothing > 0 && !gave ? new Error('the packed bytes end before anything is in them') : null);
    },
  });
  pipeline([body, before, ...steps.filter((step) => step !== null), after], () => {});
  return after;
}

function unpackerFor(name: string): Duplex | null {
  const { constants } = zlib;
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return Duplex.from(inflateEither);
    case 'br':
      return zlib.createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    case 'zstd':
      return zlib.createZstdDecompress({
        flush: constants.ZSTD_e_flush,
        finishFlush: constants.ZSTD_e_flush,
        params: { [constants.ZSTD_d_windowLogMax]: mostLookBack },
      });
    default:
      return null;
  }
}

/** What is called deflate comes with a header, as it should, or without one, as some servers send it. */
async function* inflateEither(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const pieces = packed[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) return;
  const { Z_SYNC_FLUSH } = zlib.constants;
  const options = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
  const hasHeader = ((first.value[0] ?? 0) & 0x0f) === 8;
  const inflate = hasHeader ? zlib.createInflate(options) : zlib.createInflateRaw(options);
  pipeline(withFirst(first.value, pieces), inflate, () => {});
  yield* inflate as AsyncIterable<Buffer>;
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
