import type { CatalogueRow } from '../../contract/model.ts';
import { findPackageIndex, packageNames } from '../../models/download/carrier.ts';
import { addressOf } from '../../models/download/transfer.ts';

const limitMs = 5000;

/** Whether any source of a row answers, within five seconds. Hosts are asked once, however many rows name them. */
export function createSourceProbe(fetchFrom: typeof fetch): (row: CatalogueRow) => Promise<boolean> {
  const asked = new Map<string, Promise<boolean>>();
  const askOnce = (key: string, address: string) => {
    const known = asked.get(key) ?? answers(fetchFrom, address);
    asked.set(key, known);
    return known;
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
