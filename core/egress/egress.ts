import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { AppError } from '../../contract/errors.ts';
import type { Log } from '../ports.ts';
import { createHttpFetch } from './http-fetch.ts';

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
}

/** The only way out of Beckon: every request has a purpose, is counted by host, and stops at the offline lock. */
export class Egress {
  readonly #options: EgressOptions;
  readonly #uses = new Map<string, HostUse>();
  readonly #fetch = createHttpFetch();
  #trusted = false;

  constructor(options: EgressOptions) {
    this.#options = options;
  }

  /** Hosts that were asked, with how often and when last. */
  uses(): readonly HostUse[] {
    return [...this.#uses.values()];
  }

  /** A fetch for one purpose. Throws `offline/locked`; a redirect to another origin never carries the key along. */
  fetchFor(purpose: EgressPurpose): typeof fetch {
    return async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      this.#check(url);
      this.#count(url.host, purpose);
      this.#trustSystem();
      if (purpose !== 'server') return this.#fetch(input, init);
      // Servers are asked at the address the person gave and nowhere else.
      return this.#fetch(input, { ...init, redirect: 'manual' });
    };
  }

  #check(url: URL): void {
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new AppError('app/not-allowed', `no ${url.protocol}`);
    if (!this.#options.isOffline() || isThisMachine(url.hostname)) return;
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

  /** Company networks sign with certificates that only the system knows. */
  #trustSystem(): void {
    if (this.#trusted) return;
    this.#trusted = true;
    try {
      setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
    } catch (error) {
      this.#options.log.write('system-certificates-unreadable', { detail: String(error).slice(0, 200) });
    }
  }
}

export function isThisMachine(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
