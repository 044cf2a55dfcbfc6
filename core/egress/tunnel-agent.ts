import type { ClientRequestArgs } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectSecure, type SecureContext } from 'node:tls';
import { connectMs, LateConnection } from './connection-clock.ts';

/** Bounds what a proxy may say before its tunnel stands, in bytes. */
const mostHead = 16_384;

/** Code of what answers where a proxy should, and is none. */
export const notHttp = 'NOT_HTTP';

/** A request whose connection is to be given up when this is aborted, also while it comes about. */
export interface EndingRequest extends ClientRequestArgs {
  readonly ends?: AbortSignal;
}

/** What went wrong was between this machine and the proxy, or said by the proxy. */
export class ProxyFailure extends Error {
  /** Its answer to the wish for a tunnel; null where none came. */
  readonly status: number | null;

  constructor(cause: unknown, status: number | null = null) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.status = status;
  }
}

export interface TunnelOptions extends AgentOptions {
  readonly proxy: URL;
  /** What this machine trusts, the proxy's own certificate too. */
  readonly secureContext: SecureContext;
  /** Longest time until a connection stands, its tunnel and both encryptions with it, in milliseconds. */
  readonly connectMs?: number;
}

/**
 * Connections to https servers within tunnels of one proxy. Node's own way does not tell whose certificate is wrong, has no
 * bound for a tunnel that falls silent, and does not trust for a proxy what the system trusts.
 */
export class TunnelAgent extends Agent {
  readonly #tunnel: TunnelOptions;

  constructor(options: TunnelOptions) {
    const { proxy: _, connectMs: __, ...usual } = options;
    super(usual);
    this.#tunnel = options;
  }

  override createConnection(
    options: EndingRequest,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    const tell = done as unknown as (error: Error | null, stream?: Duplex) => void;
    new Tunnel(this.#tunnel, options).open().then(
      (socket) => tell(null, socket),
      (error: Error) => tell(error),
    );
    return undefined;
  }
}

/** One connection while it comes about; whatever ends it before it stands closes all of it. */
class Tunnel {
  readonly #options: TunnelOptions;
  readonly #request: EndingRequest;
  readonly #sockets: Socket[] = [];
  #stands = false;

  constructor(options: TunnelOptions, request: EndingRequest) {
    this.#options = options;
    this.#request = request;
  }

  async open(): Promise<Socket> {
    const { ends } = this.#request;
    const ms = this.#options.connectMs ?? connectMs;
    let giveUp = (_: Error) => {};
    const given = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const timer = setTimeout(() => giveUp(this.#late(new LateConnection(ms))), ms);
    const onEnd = () => giveUp(new Error('the request was given up'));
    ends?.addEventListener('abort', onEnd, { once: true });
    try {
      if (ends?.aborted) throw new Error('the request was given up');
      return await Promise.race([given, this.#secure()]);
    } catch (error) {
      for (const socket of this.#sockets) socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
      ends?.removeEventListener('abort', onEnd);
    }
  }

  /** Until the tunnel stands it is the proxy that is waited for. */
  #late(error: LateConnection): Error {
    return this.#stands ? error : new ProxyFailure(error);
  }

  async #secure(): Promise<Socket> {
    const { secureContext } = this.#options;
    const host = this.#request.host ?? '';
    const proxy = await this.#toProxy().catch((error: unknown) => {
      throw new ProxyFailure(error);
    });
    await this.#askFor(`${isIP(host) === 6 ? `[${host}]` : host}:${this.#request.port ?? 443}`, proxy);
    this.#stands = true;
    const name = isIP(host) === 0 ? { servername: host } : {};
    const checked = { secureContext, rejectUnauthorized: true, ALPNProtocols: ['http/1.1'] };
    return this.#standing(connectSecure({ socket: proxy, host, ...name, ...checked }), 'secureConnect');
  }

  #toProxy(): Promise<Socket> {
    const { proxy, secureContext } = this.#options;
    const host = proxy.hostname.replace(/^\[|\]$/g, '');
    if (proxy.protocol === 'http:')
      return this.#standing(connectPlain({ host, port: Number(proxy.port || 80) }), 'connect');
    const name = isIP(host) === 0 ? { servername: host } : {};
    const options = { host, port: Number(proxy.port || 443), ...name, secureContext, rejectUnauthorized: true };
    return this.#standing(connectSecure(options), 'secureConnect');
  }

  #standing(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
    this.#sockets.push(socket);
    return new Promise((resolve, reject) => {
      const onClose = () => reject(Object.assign(new Error('closed before it stood'), { code: 'ECONNRESET' }));
      // Stays, and tells nobody, once the connection stands: then its end is told by what uses it.
      socket.on('error', reject);
      socket.once('close', onClose);
      socket.once(event, () => {
        socket.removeListener('close', onClose);
        resolve(socket);
      });
    });
  }

  /** Asks the proxy for a way to a host; whatever it answers but 200 is its refusal. */
  #askFor(target: string, socket: Socket): Promise<void> {
    const { username, password } = this.#options.proxy;
    const who = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const key = who === ':' ? '' : `Proxy-Authorization: Basic ${Buffer.from(who).toString('base64')}\r\n`;
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${key}\r\n`);
    return new Promise((resolve, reject) => {
      let head = '';
      const stop = () => {
        socket.removeListener('data', onData);
        socket.removeListener('error', onError);
        socket.removeListener('close', onClose);
      };
      const fail = (failure: ProxyFailure) => {
        stop();
        reject(failure);
      };
      const onError = (error: Error) => fail(new ProxyFailure(error));
      const onClose = () => fail(new ProxyFailure(new Error('closed before the tunnel stood')));
      const onData = (piece: Buffer) => {
        head += piece.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0 && head.length > mostHead) return fail(new ProxyFailure(new Error('an answer without end')));
        if (end < 0) return;
        const status = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1];
        if (status === undefined)
          return fail(new ProxyFailure(Object.assign(new Error('no proxy'), { code: notHttp })));
        if (status !== '200') return fail(new ProxyFailure(new Error('no tunnel'), Number(status)));
        stop();
        socket.pause();
        resolve();
      };
      socket.on('data', onData);
      socket.on('error', onError);
      socket.on('close', onClose);
    });
  }
}
