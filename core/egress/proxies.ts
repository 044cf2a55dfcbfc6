import { AppError } from '../../contract/errors.ts';

/** How an address is reached. The address of a proxy may hold a user and a password, and is shown by its host alone. */
export type Route =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly proxy: URL; readonly from: 'environment' | 'system' };

export interface ProxySources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the system says for an address without its path, in the words of proxy scripts: `PROXY host:port; DIRECT`. */
  readonly askSystem: (url: string) => Promise<string>;
}

const direct: Route = { kind: 'direct' };

/** The way to a host outside. The environment is asked before the system. Throws `server/proxy` for one that cannot be used. */
export async function routeTo(url: URL, { env, askSystem }: ProxySources): Promise<Route> {
  if (isExempt(url, read(env, 'no_proxy'))) return direct;
  const named = read(env, `${url.protocol.slice(0, -1)}_proxy`) || read(env, 'all_proxy');
  if (named !== '') return { kind: 'proxy', proxy: proxyOf(named), from: 'environment' };
  return systemRoute(await askSystem(`${url.origin}/`));
}

/** Both spellings are in use; the lower one is the older and wins, as in curl. */
function read(env: ProxySources['env'], name: string): string {
  return (env[name] ?? env[name.toUpperCase()] ?? '').trim();
}

/**
 * Whether `NO_PROXY` names a host: `*`, a name with all below it (a dot or `*.` before it changes nothing), an address, each
 * with a port or without.
 */
function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', only] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
      // An IPv6 address without brackets has colons of its own and no port.
      const [wanted, wantedPort] =
        entry.split(':').length > 2 && !entry.includes(']') ? [entry, undefined] : [name, only];
      if (wanted === '' || (wantedPort !== undefined && wantedPort !== port)) return false;
      return host === wanted || host.endsWith(`.${wanted}`);
    });
}

function proxyOf(text: string): URL {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol.startsWith('socks')) throw unusable('socks', url.host);
  if (url === null || url.hostname === '' || !/^https?:$/.test(url.protocol)) throw unusable('unreadable', '');
  if (!isDecodable(url.username) || !isDecodable(url.password)) throw unusable('unreadable', url.host);
  return url;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };

/** Takes the first way of a script's answer that can be taken. */
function systemRoute(answer: string): Route {
  const ways = answer
    .split(';')
    .map((way) => way.trim().split(/\s+/))
    .filter(([kind]) => kind !== '');
  for (const [kind = '', host = ''] of ways) {
    if (kind.toUpperCase() === 'DIRECT') return direct;
    const scheme = schemes[kind.toUpperCase()];
    if (scheme !== undefined) return { kind: 'proxy', proxy: proxyOf(`${scheme}://${host}`), from: 'system' };
  }
  const [, host = ''] = ways[0] ?? [];
  if (ways.length > 0) throw unusable('socks', host);
  return direct;
}

function unusable(context: 'socks' | 'unreadable', proxy: string): AppError {
  return new AppError('server/proxy', `the proxy is ${context}`, { values: { context, proxy } });
}
