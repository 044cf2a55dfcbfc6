import http from 'node:http';
import https from 'node:https';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { AppError } from '../../contract/errors.ts';
import type { Log } from '../ports.ts';
import type { Route } from './proxies.ts';
import { TunnelAgent } from './tunnel-agent.ts';

/** A connection that is not used for this long is closed. */
const keptMs = 4000;

/** Connections that may be used again, apart for each purpose and way: what is allowed for one is not for another. */
export class Agents {
  readonly #agents = new Map<string, http.Agent>();
  readonly #log: Log;
  #trusted: SecureContext | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  for(purpose: string, url: URL, route: Route): http.Agent {
    const proxy = route.kind === 'proxy' ? route.proxy.href : '';
    const key = `${purpose} ${url.protocol} ${proxy}`;
    const agent = this.#agents.get(key) ?? this.#make(url.protocol, proxy);
    this.#agents.set(key, agent);
    return agent;
  }

  #make(protocol: string, proxy: string): http.Agent {
    // A Node without proxies in its agents would go past it.
    if (proxy !== '' && typeof http.setGlobalProxyFromEnv !== 'function')
      throw new AppError('server/proxy', 'this Node knows no proxies', {
        values: { proxy: new URL(proxy).host },
      });
    const options = { keepAlive: true, timeout: keptMs };
    if (protocol !== 'https:')
      return new http.Agent({ ...options, ...(proxy === '' ? {} : { proxyEnv: { http_proxy: proxy } }) });
    // Whatever the environment says: a certificate that is not trusted is refused.
    const checked = { ...options, secureContext: this.#trust(), rejectUnauthorized: true };
    return proxy === '' ? new https.Agent(checked) : new TunnelAgent({ ...checked, proxy: new URL(proxy) });
  }

  /** Company networks sign with certificates that only the system knows; `NODE_EXTRA_CA_CERTS` is part of the default. */
  #trust(): SecureContext {
    this.#trusted ??= createSecureContext({
      ca: [...new Set([...getCACertificates('default'), ...this.#systemCertificates()])],
    });
    return this.#trusted;
  }

  #systemCertificates(): readonly string[] {
    try {
      return getCACertificates('system');
    } catch (error) {
      this.#log.write('system-certificates-unreadable', { detail: String(error).slice(0, 200) });
      return [];
    }
  }
}
