import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where an answer has this character it stands still until `goOn` is called. */
export const still = '\u0003';

/** An OpenAI-compatible server on this machine that streams given texts in pieces as small as a character. */
export class StreamingServer {
  /** What the next answers say, in order; `{}` is answered when none is left. */
  readonly answers: string[] = [];
  /** Addresses asked for that are not part of the protocol: a page that loads something shows up here. */
  readonly strays: string[] = [];
  /** The keys that came with questions. */
  readonly keys: string[] = [];
  readonly #server: Server;
  readonly #standing: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<StreamingServer> {
    const server = createServer();
    const streaming = new StreamingServer(server);
    server.on('request', (request, response) => {
      if (request.url === '/v1/models') {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'parrot', object: 'model' }] }));
      } else if (request.method === 'POST' && request.url === '/v1/chat/completions') {
        request.resume();
        streaming.keys.push(request.headers.authorization ?? '');
        response.setHeader('content-type', 'text/event-stream');
        void streaming.#stream(response, streaming.answers.shift() ?? '{}');
      } else {
        streaming.strays.push(`${request.method} ${request.url}`);
        response.end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return streaming;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get address(): string {
    return `${this.origin}/v1`;
  }

  /** Lets every answer that stands still go on. */
  goOn(): void {
    for (const go of this.#standing.splice(0)) go();
  }

  stop(): Promise<void> {
    this.goOn();
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #stream(response: import('node:http').ServerResponse, text: string): Promise<void> {
    const send = (delta: object, reason: string | null) =>
      response.write(
        `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'parrot', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`,
      );
    for (const character of text) {
      if (character === still) {
        await new Promise<void>((resolve) => this.#standing.push(resolve));
        continue;
      }
      send({ content: character }, null);
      // The page gets a turn after each one, so that it draws what is half there.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    send({}, 'stop');
    response.end('data: [DONE]\n\n');
  }
}
