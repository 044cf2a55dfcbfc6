import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one request for the file is answered. */
export type Manner = 'whole' | 'range' | 'cut' | 'refuse' | 'page' | 'slow';

/** A server of one file; each request takes the next manner, the last one again and again. */
export class FileServer {
  readonly requests: { readonly range: string | undefined; readonly manner: Manner }[] = [];
  manners: Manner[] = ['range'];
  readonly #server: Server;
  readonly #waiting: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(content: Buffer): Promise<FileServer> {
    const server = createServer();
    const files = new FileServer(server);
    server.on('request', (request, response) => files.#answer(content, request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return files;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sends what slow answers have kept back. */
  finish(): void {
    for (const send of this.#waiting.splice(0)) send();
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer(content: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const manner = (this.manners.length > 1 ? this.manners.shift() : this.manners[0]) ?? 'range';
    const { range } = request.headers;
    this.requests.push({ range, manner });
    if (manner === 'refuse') return void response.writeHead(503).end();
    if (manner === 'page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
    const from = manner === 'whole' ? 0 : Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    const body = content.subarray(from);
    const headers = {
      'content-length': body.length,
      'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
    };
    response.writeHead(from > 0 ? 206 : 200, headers);
    if (manner === 'cut') {
      response.write(body.subarray(0, Math.floor(body.length / 2)));
      setTimeout(() => response.destroy(), 50);
    } else if (manner === 'slow') {
      response.write(body.subarray(0, Math.floor(body.length / 2)));
      this.#waiting.push(() => response.end(body.subarray(Math.floor(body.length / 2))));
    } else response.end(body);
  }
}
