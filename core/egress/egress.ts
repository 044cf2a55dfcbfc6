import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { isAddress, placeOfHost, placeOfUrl } from '../../models/hosts.ts';
import type { Log } from '../ports.ts';
import { Agents } from './agents.ts';
import { createHttpFetch, type Way } from './http-fetch.ts';
import { lookupFor, type ResolveName, resolveBySystem } from './names.ts';
import { type ProxySources, type Route, routeTo } from './proxies.ts';
import { type Admit, type EgressPurpose, purposes, requireShape } from './purposes.ts';
import { failureOf, refusedByProxy } from './transport-failures.ts';

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
 * The only way out of Beckon: every connection is opened for a purpose, goes to the hosts that this purpose admits, and stops
 * at the offline lock. Hosts outside are reached by the proxy that the environment or the system names; this machine and the
 * local network never are.
 */
export class Egress {
  readonly #options: EgressOptions;
  readonly #noted = new Set<string>();
  readonly #agents: Agents;
  #lock = new AbortController();

  constructor(options: EgressOptions) {
    this.#options = options;
    this.#agents = new Agents(options.log);
  }

  /** How a host outside would be reached now. Rejects with `server/proxy` where the proxy that is named cannot be used. */
  routeFor(url: string): Promise<Route> {
    return routeTo(new URL(url), this.#options.proxies ?? noProxies);
  }

  /** Ends what is under way to other machines with `offline/locked`: for when the lock has just been closed. */
  endOutside(): void {
    const before = this.#lock;
    this.#lock = new AbortController();
    before.abort(locked('', 'under-way'));
  }

  /**
   * A fetch for one purpose, to what `admit` lets through. Rejects with `offline/locked`, with what `admit` throws, with
   * `server/…` where the transport knows why no answer came, or with the signal's reason. Where a download is sent on, each
   * address is checked anew.
   */
  fetchFor(purpose: EgressPurpose, admit: Admit): typeof fetch {
    const { followsOn } = purposes[purpose];
    const fetchBy = createHttpFetch({ wayFor: (url) => this.#wayFor(url, purpose, followsOn ? () => {} : admit) });
    return async (input, init) => {
      const asked = input instanceof Request ? input : null;
      const url = new URL(asked?.url ?? String(input));
      requireShape(purpose, init?.method ?? asked?.method ?? 'GET', init?.body ?? asked?.body ?? null);
      admit(url);
      const signals = [init?.signal ?? asked?.signal ?? null, this.#lockFor(url)].filter((signal) => signal !== null);
      const redirect = followsOn ? {} : { redirect: 'manual' as const };
      return fetchBy(input, { ...init, ...redirect, signal: AbortSignal.any(signals) });
    };
  }

  /** Aborted when the lock is closed; what goes to this machine is not concerned. */
  #lockFor(url: URL): AbortSignal | null {
    return placeOfHost(url.hostname) === 'this-machine' ? null : this.#lock.signal;
  }

  async #wayFor(url: URL, purpose: EgressPurpose, admit: Admit): Promise<Way> {
    this.#check(url);
    const isPlain = url.protocol === 'http:' && purpose !== 'download';
    if (isPlain && isAddress(url.hostname) && placeOfHost(url.hostname) === 'outside')
      throw new AppError('server/not-encrypted', `${url.host} is outside`, { values: { host: url.host } });
    const isOutside = (isPlain ? placeOfUrl(url) : placeOfHost(url.hostname)) === 'outside';
    const route: Route = isOutside ? await this.routeFor(url.href) : { kind: 'direct' };
    // Asking for the proxy took time, in which the lock may have been closed or a server been changed.
    this.#check(url);
    admit(url);
    this.#note(url.host, purpose);
    const resolve = this.#options.resolve ?? resolveBySystem;
    return {
      agent: this.#agents.for(purpose, url, route),
      lookup: route.kind === 'proxy' ? undefined : lookupFor(url, isPlain, resolve),
      describe: (error) => {
        const failure = failureOf(error, url, route);
        // A download has words of its own for a network that is not there, and goes on by itself.
        return purpose !== 'download' || !goesOn.includes(failure.code) ? failure : asError(error);
      },
      refusalOf: (status) => (status === 407 && route.kind === 'proxy' ? refusedByProxy(url, route) : null),
    };
  }

  #check(url: URL): void {
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new AppError('app/not-allowed', `no ${url.protocol}`);
    if (!this.#options.isOffline() || placeOfHost(url.hostname) === 'this-machine') return;
    throw locked(url.host);
  }

  #note(host: string, purpose: EgressPurpose): void {
    const use = `${purpose} ${host}`;
    if (this.#noted.has(use)) return;
    this.#noted.add(use);
    this.#options.log.write('egress', { host, purpose });
  }
}

function locked(host: string, context?: 'under-way'): AppError {
  const values = { host, ...(context === undefined ? {} : { context }) };
  return new AppError('offline/locked', `offline: ${host}`, { values, action: 'open-settings' });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
