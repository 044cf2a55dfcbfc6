import type { XResource } from 'x11';
import type { X11Connection } from './x11-connection.ts';

/** Tells which process a window's client is, as the display itself knows it (X-Resource 1.2): no property has to say so. */
export class ClientProcess {
  readonly #x: X11Connection;
  #extension: Promise<XResource> | null = null;

  constructor(x: X11Connection) {
    this.#x = x;
  }

  /** Null for a client on another machine, a window that is gone, and a display that does not tell. */
  async of(window: number): Promise<number | null> {
    try {
      this.#extension ??= this.#open();
      const extension = await this.#extension;
      const asked = [{ client: window, mask: extension.ClientIdMask.LocalClientPID }];
      return await new Promise((resolve) => {
        extension.QueryClientIds(asked, (error, ids) => resolve(error ? null : (ids[0]?.value[0] ?? null)));
      });
    } catch {
      return null;
    }
  }

  async #open(): Promise<XResource> {
    const client = await this.#x.client();
    return new Promise((resolve, reject) => {
      client.require('res', (error, extension) => (error ? reject(error) : resolve(extension)));
    });
  }
}
