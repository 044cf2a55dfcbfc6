import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** A connection, with its encryption, stands after this long, or will not; in milliseconds. Loading a model comes later. */
export const connectMs = 20_000;

/** The other side did not take up the connection, or did not finish its greeting. */
export class LateConnection extends Error {
  readonly seconds: number;

  constructor(ms: number) {
    super(`no connection within ${ms} ms`);
    this.seconds = Math.round(ms / 1000);
  }
}

/** Ends a request whose connection does not come about in time. How long its answer takes is another's to bound. */
export function boundConnecting(request: ClientRequest, ms: number): void {
  const timer = setTimeout(() => request.destroy(new LateConnection(ms)), ms);
  const stop = () => clearTimeout(timer);
  request.on('socket', (socket: Socket & { readonly encrypted?: boolean; readonly secureConnecting?: boolean }) => {
    const isSecure = socket.encrypted === true;
    if (request.reusedSocket || !(isSecure ? socket.secureConnecting : socket.connecting)) stop();
    else socket.once(isSecure ? 'secureConnect' : 'connect', stop);
  });
  request.on('close', stop);
}
