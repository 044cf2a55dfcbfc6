import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { isAddress, placeOfHost, placeOfUrl } from '../../models/hosts.ts';
import type { Log } from '../ports.ts';
import { Agents } from './agents.ts';
import { createHttpFetch, type Way } from './http-fetch.ts';
import { lookupFor, type ResolveName, resolveBySystem } from './names.ts';
import { type ProxySources, type Route, routeTo } from './proxies.ts';
import { failureOf, refusedByProxy } from './transport-failures.ts';

/** Why a connection is made; each is asked for by one part of core and shown to the person by host. */
export type EgressPurpose = 'model-download' | 'server';

export interface HostUse {
  readonly host: string;
  readonly purpose: EgressPurpose;
  readonly requests: number;
  readonly lastAt: number;
}

export interface EgressOptions {
  /** While true nothing leaves this machine; servers on it still answer. */
  readonly isOffline: () => boolean;
  readonly log: Log;
  /** Where proxies are named; none without it. */
  readonly proxies?: ProxySources;
  readonly resolve?: ResolveName;
}

/** A download has words of its own for a source that does not answer, or wrongly, and goes on by itself or with another. */
const goesOn: readonly ErrorCode[] = [
  'server/unreachable',
  'server/unreadable',
  'server/old-encryption',
  'server/no-encryption',
];

const noProxies: ProxySources = { env: {}, askSystem: () => Promise.resolve('DIRECT') };

/**
 * The only way out of Beckon: every request has a purpose, is counted by host, and stops at the offline lock. Hosts outside
 * are reached by the proxy that the environment or the system names; this machine and the local network never are.
 */
export class Egress {
  readonly #options: EgressOptions;
  readonly #uses = new Map<string, HostUse>();
  readonly #agents: Agents;

  constructor(options: EgressOptions) {
    this.#options = options;
    this.#agents = new Agents(options.log);
  }

  /** Hosts that were asked, with how often and when last. */
  uses(): readonly HostUse[] {
    return [...this.#uses.values()];
  }

  /** How a host outside would be reached now. Rejects with `server/proxy` where the proxy that is named cannot be used. */
  routeFor(url: string): Promise<Route> {
    return routeTo(new URL(url), this.#options.proxies ?? noProxies);
  }

  /**
   * A fetch for one purpose. Rejects with `offline/locked`, with `server/…` where the transport knows why no answer came, or
   * with the signal's reason. Servers are asked at the address the person gave and nowhere else; where a download is
   * sent on, each address is checked anew.
   */
  fetchFor(purpose: EgressPurpose): typeof fetch {
    const fetchBy = createHttpFetch({ wayFor: (url) => this.#wayFor(url, purpose) });
    return (input, init) => fetchBy(input, purpose === 'server' ? { ...init, redirect: 'manual' } : init);
  }

  async #wayFor(url: URL, purpose: EgressPurpose): Promise<Way> {
    this.#check(url);
    const isPlain = url.protocol === 'http:' && purpose === 'server';
    if (isPlain && isAddress(url.hostname) && placeOfHost(url.hostname) === 'outside')
      throw new AppError('server/not-encrypted', `${url.host} is outside`, { values: { host: url.host } });
    this.#count(url.host, purpose);
    const isOutside = (isPlain ? placeOfUrl(url) : placeOfHost(url.hostname)) === 'outside';
    const route: Route = isOutside ? await this.routeFor(url.href) : { kind: 'direct' };
    const resolve = this.#options.resolve ?? resolveBySystem;
    return {
      agent: this.#agents.for(purpose, url, route),
      lookup: route.kind === 'proxy' ? undefined : lookupFor(url, isPlain, resolve),
      describe: (error) => {
        const failure = failureOf(error, url, route);
        return purpose === 'server' || !goesOn.includes(failure.code) ? failure : asError(error);
      },
      refusalOf: (status) => (status === 407 && route.kind === 'proxy' ? refusedByProxy(url, route) : null),
    };
  }

  #check(url: URL): void {
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new AppError('app/not-allowed', `no ${url.protocol}`);
    if (!this.#options.isOffline() || placeOfHost(url.hostname) === 'this-machine') return;
    throw new AppError('offline/locked', `offline: ${url.host}`, {
      values: { host: url.host },
      action: 'open-settings',
    });
  }

  #count(host: string, purpose: EgressPurpose): void {
    const key = `${purpose} ${host}`;
    const requests = (this.#uses.get(key)?.requests ?? 0) + 1;
    this.#uses.set(key, { host, purpose, requests, lastAt: Date.now() });
    if (requests === 1) this.#options.log.write('egress', { host, purpose });
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
