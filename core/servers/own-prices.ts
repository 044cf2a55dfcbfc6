import { readFileSync, statSync } from 'node:fs';
import { twiceInJson } from '../../contract/json-twice.ts';
import { type PriceFile, priceFileSchema } from '../../models/prices/price.ts';
import type { Log } from '../ports.ts';

const mostBytes = 2_000_000;
const none: PriceFile = { holidays: {}, prices: [] };

/**
 * Prices that a person has written into a file of the form of `prices.json`. Read anew when the file has changed; one that
 * cannot be read counts for nothing, and the log says so: a price that is unknown is said to be.
 */
export function ownPrices(path: string, log: Log): () => PriceFile {
  let read = { changedMs: 0, file: none };
  return () => {
    try {
      const { mtimeMs, size } = statSync(path);
      if (mtimeMs === read.changedMs) return read.file;
      read = { changedMs: mtimeMs, file: none };
      if (size > mostBytes) throw new Error('too large');
      read = { changedMs: mtimeMs, file: parsePrices(readFileSync(path, 'utf8')) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
      log.write('own-prices-unread', { detail: String(error).slice(0, 300) });
    }
    return read.file;
  };
}

/** A file with a name twice is refused: nobody knows which of the two was meant. */
function parsePrices(text: string): PriceFile {
  const file = priceFileSchema.parse(JSON.parse(text));
  const [twice] = twiceInJson(text);
  if (twice !== undefined) throw new Error(`${twice.path.join('.')} is there twice`);
  return file;
}
