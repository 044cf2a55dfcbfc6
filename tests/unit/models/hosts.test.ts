import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostPlace, placeOfHost, placeOfIp, placeOfUrl } from '../../../models/hosts.ts';

const table: Readonly<Record<HostPlace, string>> = {
  'this-machine': `localhost LOCALHOST localhost. api.localhost a.b.localhost 127.0.0.1 127.1 127.255.255.254 127.0.1.1 2130706433
    0x7f.0.0.1 0x7f000001 0177.0.0.1 017700000001 0 0.0.0.0 [::1] [0:0:0:0:0:0:0:1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [::ffff:127.9.9.9] １２７.0.0.1 127。0。0。1 ⓛocalhost`,
  'local-network': `10.0.0.1 10.255.255.255 10.1 167772161 0xa.1 012.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 192.168.178.1 192.168.1
    3232235777 169.254.1.1 100.64.0.1 100.101.102.103 100.127.255.255 [fc00::1] [fd12:3456::1] [fdff::] [fe80::1] [febf::1]
    [::ffff:10.0.0.1] [::ffff:192.168.1.1] [::ffff:100.64.0.1] homeserver nas NAS server-1 my_server homeserver.lan nas.home
    NAS.Home.Arpa llm.home.arpa printer.local nas.local. box.internal host.docker.internal gateway.docker.internal llm.corp
    db.intranet x.private ollama.svc.cluster.local box.tail1234.ts.net 服务器.local`,
  outside: `example.com api.openai.com localhost.example.com 127.0.0.1.example.com 10.0.0.1.example.com nas.mydomain.tld
    box.fritz.box fritz.box speedport.ip local.example home.example.org xlocal.com mylan.com notlocalhost.com evil-ts.net ts.net.evil.com internal.company.com
    8.8.8.8 1.1.1.1 9.255.255.255 11.0.0.0 172.15.255.255 172.32.0.1 192.167.255.255 192.169.0.1 169.253.1.1 169.255.0.1
    100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 198.18.0.1 198.19.255.255 203.0.113.7 224.0.0.1 255.255.255.255 134744072
    0x08080808 [2001:db8::1] [2606:4700::1111] [::ffff:8.8.8.8] [::ffff:808:808] [fbff::1] [fec0::1] [::2] [64:ff9b::a00:1] [::7f00:1]`,
};
const cases = Object.entries(table).flatMap(([place, hosts]) =>
  hosts.split(/\s+/).map((host) => [host, place as HostPlace] as const),
);

const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
type Octets = readonly [number, number, number, number];

/** The rule once more, written by arithmetic. */
function expected([a, b, c, d]: Octets): HostPlace {
  if (a === 127 || a + b + c + d === 0) return 'this-machine';
  const isPrivate =
    a === 10 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128);
  return isPrivate ? 'local-network' : 'outside';
}

function spellings([a, b, c, d]: Octets): readonly string[] {
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number) => `0x${value.toString(16)}`;
  return [
    `${a}.${b}.${c}.${d}`,
    `${number}`,
    hex(number),
    `0${number.toString(8)}`,
    `${a}.${number % 2 ** 24}`,
    `${hex(a)}.${b}.0${c.toString(8)}.${hex(d)}`,
    `[::ffff:${a}.${b}.${c}.${d}]`,
    `[::FFFF:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}]`,
  ];
}

describe('where a host is', () => {
  it('is told for more than a hundred spellings', () => expect(cases.length).toBeGreaterThan(110));

  it.each(cases)('%s is %s', (host, place) => expect(placeOfHost(new URL(`https://${host}/`).hostname)).toBe(place));

  it('is the same for every spelling of an IPv4 address, and as the ranges say', () => {
    const near = fc.constantFrom<Octets>(
      [127, 0, 0, 1],
      [10, 0, 0, 1],
      [172, 15, 9, 9],
      [172, 31, 0, 0],
      [100, 64, 0, 0],
      [0, 0, 0, 0],
    );
    fc.assert(
      fc.property(fc.oneof(octets, near), (address) => {
        for (const host of spellings(address))
          expect(placeOfHost(new URL(`http://${host}`).hostname)).toBe(expected(address));
        expect(placeOfIp(address.join('.'))).toBe(expected(address));
      }),
      { numRuns: 2000 },
    );
  });

  it('is never inside because of what stands before the last part of a name', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
    const ending = fc.constantFrom('com', 'org', 'box', 'de', 'cn', 'dev', 'io', 'net', 'localhost.com', 'local.net');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(label, fc.constantFrom('localhost', 'local', 'lan', '127')), { minLength: 1, maxLength: 4 }),
        ending,
        (labels, end) => {
          expect(placeOfHost([...labels, end].join('.'))).toBe('outside');
        },
      ),
    );
  });

  it('takes the zone of a link-local address for no part of it', () => {
    expect(placeOfIp('fe80::1%eth0')).toBe('local-network');
    expect(placeOfIp('not an address')).toBe('outside');
  });

  it('by plain http is the local network for a name, since nothing else is connected to, and never for a number', () => {
    expect(placeOfUrl(new URL('http://box.fritz.box'))).toBe('local-network');
    expect(placeOfUrl(new URL('https://box.fritz.box'))).toBe('outside');
    expect(placeOfUrl(new URL('http://8.8.8.8'))).toBe('outside');
    expect(placeOfUrl(new URL('http://127.0.0.1'))).toBe('this-machine');
  });
});
