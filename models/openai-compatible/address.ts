import { isIP } from 'node:net';
import { AppError } from '../../contract/errors.ts';

/** An address as it is kept: no user, no query, no slash at the end. `local`: this machine or the local network. */
export interface ServerAddress {
  readonly address: string;
  readonly host: string;
  readonly local: boolean;
}

/** Reads what a person typed. Throws `server/bad-address`; plain http is for this machine and the local network only. */
export function readAddress(typed: string): ServerAddress {
  const text = typed.trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${guessScheme(text)}://${text}`);
  if (url === null || url.hostname === '') throw bad(typed);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw bad(typed);
  if (url.username !== '' || url.password !== '') throw bad(typed);
  const local = isLocal(url.hostname);
  if (url.protocol === 'http:' && !local) throw bad(typed);
  url.search = '';
  url.hash = '';
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/completions|models)$/, '');
  return { address: `${url.origin}${path}`, host: url.host, local };
}

export function isLocal(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || name.endsWith('.local')) return true;
  if (isIP(name) === 4) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(name);
  if (isIP(name) === 6) return name === '::1' || /^f[cd]/.test(name) || name.startsWith('fe80:');
  return !name.includes('.');
}

function guessScheme(text: string): 'http' | 'https' {
  const host = parse(`http://${text}`)?.hostname ?? '';
  return isLocal(host) ? 'http' : 'https';
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function bad(typed: string): AppError {
  return new AppError('server/bad-address', `not an address of a server: ${typed.slice(0, 80)}`, {
    values: { address: typed.slice(0, 80) },
  });
}
