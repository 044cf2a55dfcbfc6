import { isIPv6 } from 'node:net';
import { AppError } from '../../contract/errors.ts';
import { isAddress, placeOfHost, placeOfUrl } from '../hosts.ts';
import { mendAddress } from './mend-typed.ts';

/** An address as it is kept: no user, no query, no slash at the end. `local`: this machine or the local network. */
export interface ServerAddress {
  readonly address: string;
  readonly host: string;
  readonly local: boolean;
}

/** Ends of addresses in manuals and examples, which are no part of where the server is. */
const endpoints = /\/(chat\/completions|completions|responses|embeddings|models|api\/(chat|generate|tags))$/i;

/**
 * Reads what a person typed or pasted. Throws `server/bad-address`. Plain http is for this machine and the local network:
 * of an address in numbers that is seen here; of a name by the way out, each time it connects (`server/not-encrypted`).
 */
export function readAddress(typed: string): ServerAddress {
  const text = mendAddress(typed);
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : withScheme(text));
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw bad(typed);
  url.hostname = url.hostname.replace(/\.$/, '');
  if (url.hostname === '') throw bad(typed);
  if (namesUser(url)) throw bad(typed, 'user');
  // "Every address of this machine" is where a server listens, not where it is reached on every system.
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  // A number alone is read as one of these, and a scheme alone as a name; none of them is anywhere.
  if (/^0\.[\d.]+$|^https?$/.test(url.hostname)) throw bad(typed);
  if (url.protocol === 'http:' && isAddress(url.hostname) && !isLocal(url.hostname)) throw bad(typed);
  const path = url.pathname.replace(/\/+$/, '').replace(endpoints, '');
  return { address: `${url.origin}${path}`, host: url.host, local: placeOfUrl(url) !== 'outside' };
}

/** Throws `server/bad-address` for an address that nothing can be sent to: the settings file may hold any. */
export function requireUsable(address: string): void {
  const url = parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) throw bad(address);
  if (namesUser(url)) throw bad(address, 'user');
}

function namesUser({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** Whether a whole address leads to this machine or the local network: by its name, or because plain http goes nowhere else. */
export function isLocalAddress(address: string): boolean {
  return URL.canParse(address) && placeOfUrl(new URL(address)) !== 'outside';
}

/** By the name alone. */
export function isLocal(hostname: string): boolean {
  return placeOfHost(hostname) !== 'outside';
}

/** Answers an address by the other scheme; null where plain http may not go. */
export function withOtherScheme(address: string): string | null {
  const url = parse(address);
  if (url === null) return null;
  if (url.protocol === 'https:' && isAddress(url.hostname) && !isLocal(url.hostname)) return null;
  const [scheme, rest] = address.split('://');
  return `${scheme === 'https' ? 'http' : 'https'}://${rest}`;
}

function withScheme(text: string): string {
  // A port alone, and an IPv6 address without its brackets.
  if (/^:?\d{1,5}(\/|$)/.test(text)) return `http://localhost:${text.replace(/^:/, '')}`;
  const whole = isIPv6(text) ? `[${text}]` : text;
  const host = parse(`http://${whole}`)?.hostname ?? '';
  return `${isLocal(host) ? 'http' : 'https'}://${whole}`;
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** What is said of it holds no password: it may be read by others on a screen or in a log. */
function bad(typed: string, context?: 'user'): AppError {
  const address = typed
    .trim()
    .replace(/^([a-z][a-z0-9+.-]*:\/*)?.*@/is, '$1…@')
    .slice(0, 80);
  return new AppError('server/bad-address', `not an address of a server: ${address}`, {
    values: { address, ...(context === undefined ? {} : { context }) },
  });
}
