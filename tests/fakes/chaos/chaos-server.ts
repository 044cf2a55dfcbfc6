import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Scenario } from './scenario.ts';

/** A server that does to each question what one scenario says, down to the last byte. */
export class ChaosServer {
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>) {
    this.#server = server;
    this.#sockets = sockets;
  }

  static async start(scenario: Scenario): Promise<ChaosServer> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      let question = '';
      const onData = (piece: Buffer) => {
        question += piece.toString();
        const length = Number(/content-length: (\d+)/i.exec(question)?.[1] ?? 0);
        const at = question.indexOf('\r\n\r\n');
        if (at < 0 || Buffer.byteLength(question.slice(at + 4)) < length) return;
        socket.off('data', onData);
        socket.resume();
        scenario.serve(socket);
      };
      socket.on('data', onData);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ChaosServer(server, sockets);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** Connections that are open. */
  get open(): number {
    return this.#sockets.size;
  }

  stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
