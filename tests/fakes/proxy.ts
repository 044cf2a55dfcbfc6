import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ProxyRules {
  /** `user:password` that it wants; without it 407. */
  readonly wants?: string;
  /** Refuses every host with this status. */
  readonly refuses?: number;
  /** Where hosts really are, as a resolver of the proxy's own knows them. */
  readonly hosts?: Readonly<Record<string, number>>;
}

/** A small http proxy on this machine: `CONNECT` for https, whole addresses for http. */
export class FakeProxy {
  /** What it was asked for, with the way: `CONNECT host:port`, `GET http://…`. */
  readonly asked: string[] = [];
  readonly host: string;
  readonly #server: Server;
  readonly #rules: ProxyRules;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, rules: ProxyRules) {
    this.#server = server;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#rules = rules;
  }

  static async start(rules: ProxyRules = {}): Promise<FakeProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new FakeProxy(server, rules);
    server.on('request', (request, response) => proxy.#answer(request, response));
    server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      proxy.#connect(request, socket, head),
    );
    server.on('connection', (socket) => proxy.#sockets.add(socket));
    return proxy;
  }

  stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #refusal(request: IncomingMessage): number | null {
    const { wants, refuses } = this.#rules;
    if (refuses !== undefined) return refuses;
    const given = request.headers['proxy-authorization'];
    if (wants === undefined || given === `Basic ${Buffer.from(wants).toString('base64')}`) return null;
    return 407;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(`${request.method} ${request.url}`);
    const status = this.#refusal(request);
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null;
    if (status !== null || url === null) return void response.writeHead(status ?? 400).end('the proxy says no');
    const port = this.#rules.hosts?.[url.hostname] ?? Number(url.port);
    const { 'proxy-authorization': _own, ...headers } = request.headers;
    const onward = send({
      host: '127.0.0.1',
      port,
      path: url.pathname + url.search,
      method: request.method ?? 'GET',
      headers,
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  }

  #connect(request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.asked.push(`CONNECT ${request.url}`);
    socket.on('error', () => {});
    const status = this.#refusal(request);
    if (status !== null) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 2\r\n\r\nno`);
    const [name = '', port] = (request.url ?? '').split(':');
    const onward = connect(this.#rules.hosts?.[name] ?? Number(port), '127.0.0.1');
    onward.on('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  }
}
