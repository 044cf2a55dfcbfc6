import { AppError } from '../../contract/errors.ts';
import { type HostPlace, placeOfUrl } from '../../models/hosts.ts';

/** Who a prompt is for, as it is asked for. */
export interface Addressee {
  /** Null for an address that is tried before it is kept. */
  readonly serverId: string | null;
  /** As `readAddress` gives it. */
  readonly address: string;
  readonly modelId: string;
  readonly modelName: string;
}

/** Who will see a prompt. It is the same for the whole of one sending: what changes meanwhile ends it. */
export interface Destination extends Addressee {
  readonly origin: string;
  readonly host: string;
  readonly place: HostPlace;
}

/** Throws `server/bad-address` for one that leads nowhere. */
export function destinationOf(addressee: Addressee): Destination {
  const { address } = addressee;
  if (!URL.canParse(address))
    throw new AppError('server/bad-address', 'not an address', { values: { address: address.slice(0, 80) } });
  const url = new URL(address);
  return { ...addressee, origin: url.origin, host: url.host, place: placeOfUrl(url) };
}
