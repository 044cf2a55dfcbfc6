import { AppError, type AppErrorDetail } from '../../contract/errors.ts';
import { LateConnection } from './connection-clock.ts';
import type { Route } from './proxies.ts';
import { notHttp, ProxyFailure } from './tunnel-agent.ts';
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
  const code = codeOf(error);
  const say = (name: AppError['code'], context: string, detail: AppErrorDetail = {}) =>
    new AppError(
      name,
      `${code} ${error.message}`.slice(0, 300),
      { ...detail, values: { host, context, ...detail.values } },
      thrown,
    );
  if (route.kind === 'proxy' && isOfProxy(error, url)) {
    const status = error instanceof ProxyFailure ? error.status : null;
    const values = { proxy: route.proxy.host, status: status ?? 0 };
    const why = status === null ? whyNoProxy(error) : whyRefused(status, route.proxy);
    // What is wrong with a password or a certificate is so again a moment later.
    return say('server/proxy', why, ['unreachable', 'refused'].includes(why) ? { values, ...again } : { values });
  }
  const unreadable = unreadableOf(thrown, false);
  if (unreadable !== null) return say('server/unreadable', unreadable.what, { ...again, values: statusOf(unreadable) });
  if (untrusted.test(code)) return say('server/certificate', whyUntrusted(code));
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
  const values = { host: url.host, proxy: proxy.host, status: 407, context: whyRefused(407, proxy) };
  return new AppError('server/proxy', 'the proxy answered 407', { values });
}

const again: AppErrorDetail = { retry: { afterMs: 2000 }, action: 'try-again' };

/**
 * The connection to the proxy and the tunnel are its own; what goes wrong within the tunnel is between us and the server.
 * Plain http has no tunnel: its connection, and the encryption of that, are those to the proxy.
 */
function isOfProxy(error: Failure, url: URL): boolean {
  if (error instanceof ProxyFailure) return true;
  if (url.protocol === 'https:') return false;
  const syscall = error.syscall ?? error.errors?.[0]?.syscall;
  const code = codeOf(error);
  return syscall === 'connect' || syscall === 'getaddrinfo' || untrusted.test(code) || /^ERR_SSL_|^EPROTO$/.test(code);
}

function codeOf(error: Failure): string {
  return error.code ?? error.errors?.[0]?.code ?? '';
}

function whyRefused(status: number, { username, password }: URL): string {
  if (status !== 407) return 'refused';
  return username === '' && password === '' ? 'password' : 'wrong-password';
}

function whyNoProxy(thrown: Failure): string {
  const error = thrown instanceof ProxyFailure ? (thrown.cause as Failure) : thrown;
  const code = codeOf(error);
  if (untrusted.test(code)) return proxyCertificates[whyUntrusted(code)] ?? 'certificate';
  if (notTls.test(error.message)) return 'plain';
  return code === notHttp ? '' : 'unreachable';
}

/** Why the certificate of a proxy is not trusted, where more can be said than that it is not known here. */
const proxyCertificates: Readonly<Record<string, string>> = {
  expired: 'certificate-time',
  early: 'certificate-time',
  name: 'certificate-name',
};

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
