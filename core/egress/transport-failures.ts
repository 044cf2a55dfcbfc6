import { AppError, type AppErrorDetail } from '../../contract/errors.ts';
import { LateConnection } from './connection-clock.ts';
import type { Route } from './proxies.ts';
import { type UnreadableAnswer, unreadableOf } from './unreadable.ts';

/** What OpenSSL says when the other side did not answer in TLS at all. */
const notTls = /wrong version number|packet length too long|http request|unknown protocol|record layer failure/i;
/** The first byte of a TLS record: an alert, or a greeting. */
const tlsRecords = [0x15, 0x16];

/** Names of OpenSSL for what is wrong with a certificate, and Node's own for its name. */
const untrusted =
  /^(ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_C|INVALID_(CA|PURPOSE)$|PATH_LENGTH_|HOSTNAME_)/;

/** OpenSSL's words for what is too old to be safe, and for what a server says of the certificate that Beckon has not. */
const outOfDate = /unsupported protocol|alert protocol version|unsafe legacy|key too small|md too weak|legacy sigalg/;
const wantsCertificate = /alert (?:certificate (?:required|unknown)|no certificate|bad certificate|unknown ca)/;

interface Failure extends Error {
  readonly syscall?: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly rawPacket?: Uint8Array;
  readonly errors?: readonly Failure[];
}

/**
 * Why no answer came, or none that can be read, where the transport knows it: certificate, scheme, proxy, what is wrong with
 * the answer, or how far the connection got. Errors of Beckon's own pass through.
 */
export function failureOf(thrown: unknown, url: URL, route: Route): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = thrown as Failure;
  const { host } = url;
  const code = error.code ?? error.errors?.[0]?.code ?? '';
  const say = (name: AppError['code'], context: string, detail: AppErrorDetail = {}) =>
    new AppError(
      name,
      `${code} ${error.message}`.slice(0, 300),
      { ...detail, values: { host, context, ...detail.values } },
      thrown,
    );
  const unreadable = unreadableOf(thrown, false);
  if (unreadable !== null) return say('server/unreadable', unreadable.what, { ...again, values: statusOf(unreadable) });
  if (untrusted.test(code)) return say('server/certificate', whyUntrusted(code));
  if (route.kind === 'proxy' && isOfProxy(error)) {
    const values = { proxy: route.proxy.host, status: error.statusCode ?? 0 };
    return say('server/proxy', whyProxy(error.statusCode), { values, ...again });
  }
  if (url.protocol === 'https:' && notTls.test(error.message)) return say('server/wrong-scheme', 'http');
  if (url.protocol === 'http:' && tlsRecords.includes(error.rawPacket?.[0] ?? -1))
    return say('server/wrong-scheme', 'https');
  // The code may tell no more than that something broke the protocol.
  const words = `${code} ${error.message}`.toLowerCase().replaceAll('_', ' ');
  if (wantsCertificate.test(words)) return say('server/certificate', 'wanted');
  if (outOfDate.test(words)) return say('server/old-encryption', '');
  if (/^ERR_SSL_|^EPROTO$/.test(code)) return say('server/no-encryption', '', again);
  if (error instanceof LateConnection)
    return say('server/unreachable', 'connecting', { ...again, values: { seconds: error.seconds } });
  return say('server/unreachable', whyUnreachable(code), again);
}

function statusOf({ status }: UnreadableAnswer): Readonly<Record<string, string>> {
  return status === null ? {} : { status };
}

/** A proxy that wants to know who asks answers plain requests itself. */
export function refusedByProxy(url: URL, { proxy }: Route & { readonly kind: 'proxy' }): AppError {
  const values = { host: url.host, proxy: proxy.host, status: 407, context: whyProxy(407) };
  return new AppError('server/proxy', 'the proxy answered 407', { values });
}

const again: AppErrorDetail = { retry: { afterMs: 2000 }, action: 'try-again' };

/** The connection to the proxy and the tunnel are its own; what goes wrong within the tunnel is between us and the server. */
function isOfProxy(error: Failure): boolean {
  const syscall = error.syscall ?? error.errors?.[0]?.syscall;
  return error.code === 'ERR_PROXY_TUNNEL' || syscall === 'connect' || syscall === 'getaddrinfo';
}

function whyProxy(status: number | undefined): string {
  if (status === undefined) return 'unreachable';
  return status === 407 ? 'password' : 'refused';
}

function whyUntrusted(why: string): string {
  if (/HAS_EXPIRED/.test(why)) return 'expired';
  if (/NOT_YET_VALID/.test(why)) return 'early';
  if (/ALTNAME|HOSTNAME/.test(why)) return 'name';
  return /SELF_SIGNED/.test(why) ? 'self-signed' : 'issuer';
}

function whyUnreachable(code: string): string {
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'name';
  if (code === 'ECONNREFUSED') return 'refused';
  if (/^E(TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN|ADDRNOTAVAIL)$/.test(code)) return 'away';
  return code.startsWith('HPE_') ? 'garbled' : 'reset';
}
