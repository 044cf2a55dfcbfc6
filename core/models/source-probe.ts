import type { CatalogueRow } from '../../contract/model.ts';
import { findPackageIndex, packageNames } from '../../models/download/carrier.ts';
import { addressOf } from '../../models/download/transfer.ts';

const limitMs = 5000;

/** The first host that a row's file would come from; empty for one that package indexes alone have. */
export function hostOf({ sources }: CatalogueRow): string {
  const source = sources.find(({ kind }) => kind !== 'carrier');
  return source === undefined || source.kind === 'carrier' ? '' : new URL(addressOf(source)).host;
}

/**
 * Whether any source of a row answers, within five seconds. A host is asked once at a time, however many rows name it, and
 * anew later: the network may have come.
 */
export function createSourceProbe(fetchFrom: typeof fetch): (row: CatalogueRow) => Promise<boolean> {
  const asking = new Map<string, Promise<boolean>>();
  const askOnce = (key: string, address: string) => {
    const known = asking.get(key);
    if (known !== undefined) return known;
    const answer = answers(fetchFrom, address).finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  };
  return async (row) => {
    for (const source of row.sources) {
      if (source.kind === 'carrier') {
        const index = await findPackageIndex();
        if (index !== null && (await askOnce(source.packages.from, `${index}/${packageNames(source)[0]}/`)))
          return true;
      } else {
        const address = addressOf(source);
        if (await askOnce(new URL(address).host, address)) return true;
      }
    }
    return false;
  };
}

async function answers(fetchFrom: typeof fetch, address: string): Promise<boolean> {
  try {
    const response = await fetchFrom(address, {
      headers: { range: 'bytes=0-3' },
      signal: AbortSignal.timeout(limitMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
