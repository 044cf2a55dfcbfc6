import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { AppError } from '../../contract/errors.ts';
import { isAddress, placeOfHost, placeOfIp } from '../../models/hosts.ts';

/** All addresses of a name, as the system's resolver gives them. */
export type ResolveName = (name: string) => Promise<readonly LookupAddress[]>;

export const resolveBySystem: ResolveName = (name) => lookup(name, { all: true });

const here: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * How a name becomes an address, asked at each connection. Names of this machine are asked of nobody, since a resolver could
 * answer anything. With `privateOnly` a name all of whose addresses are private is connected to, and no other: a name that
 * was private when it was tested may lead elsewhere later.
 */
export function lookupFor(url: URL, privateOnly: boolean, resolve: ResolveName): LookupFunction | undefined {
  if (isAddress(url.hostname)) return undefined;
  if (placeOfHost(url.hostname) === 'this-machine') return toLookup(() => Promise.resolve(here));
  if (!privateOnly) return toLookup(resolve);
  return toLookup(async (name) => {
    const found = await resolve(name);
    if (found.every(({ address }) => placeOfIp(address) !== 'outside')) return found;
    throw new AppError('server/not-encrypted', `${url.host} leads outside`, { values: { host: url.host } });
  });
}

function toLookup(resolve: ResolveName): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (all) => {
        const wanted = options.family === 4 || options.family === 6 ? options.family : null;
        const found = all.filter(({ family }) => wanted === null || family === wanted);
        const [first] = found;
        if (first === undefined) callback(notFound(name), '', 4);
        else if (options.all) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    );
  };
}

function notFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${name}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
}
