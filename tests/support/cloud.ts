import { request as send } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { LLMock } from '@copilotkit/aimock';
import { FakeProxy } from '../fakes/proxy.ts';
import { Certificates } from './certificates.ts';

export interface CloudOptions {
  /** The provider's host, which only the proxy on this machine knows where it is. */
  readonly host: string;
  /** The header that the key has to come in, and the key. */
  readonly header: string;
  readonly key: string;
  readonly models: readonly string[];
}

/**
 * A cloud under its own name: Beckon reaches `https://host` through a proxy, and everything stays on this machine. Its list
 * of models and its answers want the key.
 */
export class Cloud {
  readonly mock = new LLMock({ port: 0 });
  readonly env: NodeJS.ProcessEnv;
  /** What was asked, each with its path and its headers as they came. */
  readonly asked: { readonly path: string; readonly headers: string; readonly body: string }[] = [];
  readonly #certificates: Certificates;
  readonly #server: Server;
  readonly #proxy: FakeProxy;

  private constructor(certificates: Certificates, server: Server, proxy: FakeProxy) {
    this.#certificates = certificates;
    this.#server = server;
    this.#proxy = proxy;
    const address = `http://${proxy.host}`;
    this.env = { HTTPS_PROXY: address, https_proxy: address, NODE_EXTRA_CA_CERTS: certificates.authorityFile };
  }

  static async start(options: CloudOptions): Promise<Cloud> {
    const certificates = new Certificates();
    const server = createServer(certificates.signed(options.host));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const cloud = new Cloud(certificates, server, await FakeProxy.start({ hosts: { [options.host]: port } }));
    await cloud.mock.start();
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const body = Buffer.concat(pieces);
        cloud.asked.push({ path: request.url ?? '', headers: request.rawHeaders.join('\n'), body: body.toString() });
        const json = (status: number, value: object) =>
          void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
        if (request.headers[options.header] !== options.key)
          return json(401, { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } });
        if (request.method === 'GET') return json(200, { data: options.models.map((id) => ({ id })) });
        const { host: _, ...headers } = request.headers;
        const onward = send(`${cloud.mock.url}${request.url}`, { method: 'POST', headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        onward.on('error', () => response.destroy());
        onward.end(body);
      });
    });
    return cloud;
  }

  /** What the only way out was asked for. */
  get ways(): readonly string[] {
    return this.#proxy.asked;
  }

  async stop(): Promise<void> {
    await this.#proxy.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.mock.stop();
    this.#certificates.dispose();
  }
}
