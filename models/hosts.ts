import { BlockList, isIP } from 'node:net';

/**
 * Where a host is, as far as its name or address tells. The one rule of addresses, of the way out and of the words that say
 * where text goes.
 */
export type HostPlace = 'this-machine' | 'local-network' | 'outside';

/** Loopback, with IPv4 written as IPv6 (`::ffff:127.0.0.1`), and the address that means "here" when it is connected to. */
const loopback = listOf(['127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128']);

/**
 * Addresses that no router of the internet passes on: RFC 1918, link-local (RFC 3927, 4291), shared address space (RFC 6598,
 * which Tailscale uses), unique local (RFC 4193). 198.18.0.0/15 is none of them: some proxies answer it for every name.
 */
const notRouted = listOf([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
  'fe80::/10',
]);

/**
 * Endings that the internet's names never have: RFC 6762 with its appendix G, RFC 8375, ICANN's `.internal`; and Tailscale's
 * names, which lead into its own encrypted network.
 */
const localEndings = ['local', 'home.arpa', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'ts.net'];

/** By the host of a URL, `[…]` around IPv6 included. A name that tells nothing is `outside`, wherever it leads. */
export function placeOfHost(hostname: string): HostPlace {
  const name = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (isIP(name) !== 0) return placeOfIp(name);
  if (name === 'localhost' || name.endsWith('.localhost')) return 'this-machine';
  if (!name.includes('.') || localEndings.some((ending) => name.endsWith(`.${ending}`))) return 'local-network';
  return 'outside';
}

/** By the whole address: plain http leads to the local network whatever its name, since the way out lets it go nowhere else. */
export function placeOfUrl({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): HostPlace {
  const place = placeOfHost(hostname);
  return place === 'outside' && protocol === 'http:' && !isAddress(hostname) ? 'local-network' : place;
}

/** By an address in numbers, as a resolver gives it (with a zone: `fe80::1%eth0`). */
export function placeOfIp(address: string): HostPlace {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(plain) === 0) return 'outside';
  if (loopback.check(plain, family)) return 'this-machine';
  return notRouted.check(plain, family) ? 'local-network' : 'outside';
}

/** Whether a host is written in numbers. */
export function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), isIP(net) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
