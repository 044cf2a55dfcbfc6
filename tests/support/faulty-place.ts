import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Egress, type EgressOptions } from '../../core/egress/egress.ts';
import { ChaosServer } from '../fakes/chaos/chaos-server.ts';
import type { BrokenPlace, Fault } from '../fakes/chaos/fault.ts';
import type { Spoken } from '../fakes/chaos/spoken.ts';
import { FakeProxy } from '../fakes/proxy.ts';
import type { Certificates } from './certificates.ts';

/** Where a fault is met: an address, the way there, and what was asked by it. */
export interface FaultyPlace {
  readonly address: string;
  readonly egress: Egress;
  /** Questions that came whole; connections that are open. */
  readonly asked: () => number;
  readonly open: () => number;
  /** Resolves when a question has come whole; never where none can. */
  readonly reached: Promise<void>;
  readonly stop: () => Promise<void>;
}

const quiet = { isOffline: () => false, log: { write: () => {} } };
const outside = 'https://cloud.example';

/** Makes the place of a fault; release it by `stop`. */
export async function placeOf(fault: Fault, { path }: Spoken, certificates: Certificates): Promise<FaultyPlace> {
  let reach = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  let asked = 0;
  const server = await ChaosServer.start({
    ...{ name: '', end: '' },
    serve: (socket) => {
      asked += 1;
      fault.serve(socket);
      reach();
    },
  });
  const broken = fault.at === undefined ? null : await brokenPlaces[fault.at](certificates);
  return {
    address: `${broken?.origin ?? new URL(server.address).origin}${path}`,
    egress: new Egress({ ...quiet, ...broken?.egress }),
    ...{ asked: () => asked, open: () => server.open, reached },
    stop: async () => {
      await server.stop();
      await broken?.stop?.();
    },
  };
}

interface Broken {
  readonly origin: string;
  readonly egress?: Partial<EgressOptions>;
  readonly stop?: () => Promise<unknown>;
}

const failingResolver = (code: string) => ({ resolve: () => Promise.reject(Object.assign(new Error(code), { code })) });
const through = (proxy: string) => ({
  proxies: { env: { https_proxy: `http://${proxy}` }, askSystem: () => Promise.resolve('DIRECT') },
});

const brokenPlaces: Readonly<Record<BrokenPlace, (certificates: Certificates) => Promise<Broken>>> = {
  'port-closed': async () => ({ origin: `http://127.0.0.1:${await closedPort()}` }),
  'name-unknown': () => Promise.resolve({ origin: outside, egress: failingResolver('ENOTFOUND') }),
  'name-unanswered': () => Promise.resolve({ origin: outside, egress: failingResolver('EAI_AGAIN') }),
  'certificate-expired': (certificates) => encrypted(certificates.signed('127.0.0.1', -1)),
  'certificate-of-another': (certificates) => encrypted(certificates.signed('other.example')),
  'certificate-own': (certificates) => encrypted(certificates.own('127.0.0.1')),
  'plain-behind-https': async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'));
    });
    return { origin: `https://127.0.0.1:${await listen(server)}`, stop: () => closed(server) };
  },
  'proxy-refuses': () => behind({ refuses: 403 }),
  'proxy-asks-who': () => behind({ wants: 'li:secret' }),
  'proxy-closes': async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.destroy());
    });
    return { origin: outside, egress: through(`127.0.0.1:${await listen(server)}`), stop: () => closed(server) };
  },
  'proxy-away': async () => ({ origin: outside, egress: through(`127.0.0.1:${await closedPort()}`) }),
};

async function encrypted(certificate: { readonly key: string; readonly cert: string }): Promise<Broken> {
  const server = createTlsServer(certificate);
  return { origin: `https://127.0.0.1:${await listen(server)}`, stop: () => closed(server) };
}

async function behind(rules: Parameters<typeof FakeProxy.start>[0]): Promise<Broken> {
  const proxy = await FakeProxy.start(rules);
  return { origin: outside, egress: through(proxy.host), stop: () => proxy.stop() };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await closed(server);
  return port;
}
