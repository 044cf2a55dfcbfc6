import type { XShape } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import type { ShadowRoom } from '../../contract/keys.ts';
import { structureMask, type X11Connection } from './x11-connection.ts';

const replace = 0;
const cardinal = 6;
/** A window of this depth has an alpha channel: a compositor draws it over what is behind it. */
const depthWithAlpha = 32;

/**
 * The room in a window around what is seen of it, where its own shadow falls. Clicks there are for what is behind it (input
 * region of the Shape extension), and window managers and compositors draw no frame and no shadow of theirs around it.
 */
export class ShadowRoomOfWindow implements Disposable {
  readonly #x: X11Connection;
  readonly #end: () => void;
  #shape: Promise<XShape> | null = null;
  #window: { readonly id: number; readonly room: ShadowRoom; readonly unselect: () => void } | null = null;

  constructor(x: X11Connection) {
    this.#x = x;
    this.#end = x.onEvent((event) => {
      if (event.name === 'ConfigureNotify' && event.wid === this.#window?.id)
        void this.#leaveInput(event.wid, this.#window.room, event);
    });
  }

  /** False where the window has no alpha channel, so that nothing behind it would be seen; then nothing is changed. */
  async give(id: number, room: ShadowRoom): Promise<boolean> {
    const size = await this.#size(id);
    if (size?.depth !== depthWithAlpha) return false;
    this.#forget();
    await this.#declare(id, room);
    this.#window = { id, room, unselect: await this.#x.select(id, structureMask) };
    await this.#leaveInput(id, room, size);
    return true;
  }

  /** Whether the pointer is in the room: not every window manager gives a click there to what is behind. */
  async hasPointer(): Promise<boolean> {
    if (this.#window === null) return false;
    const { id, room } = this.#window;
    const [client, size] = await Promise.all([this.#x.client(), this.#size(id)]);
    if (size === null) return false;
    return new Promise((resolve) => {
      client.QueryPointer(id, (error, { childX: x, childY: y }) => {
        const inWindow = x >= 0 && y >= 0 && x < size.width && y < size.height;
        const inBox = x >= room.side && x < size.width - room.side && y >= room.top && y < size.height - room.bottom;
        resolve(!error && inWindow && !inBox);
        return true;
      });
    });
  }

  dispose(): void {
    this.#end();
    this.#forget();
  }

  #forget(): void {
    this.#window?.unselect();
    this.#window = null;
  }

  async #leaveInput(id: number, { side, top, bottom }: ShadowRoom, size: Size): Promise<void> {
    this.#shape ??= this.#open();
    const [shape, client] = await Promise.all([this.#shape, this.#x.client()]);
    const [width, height] = [Math.max(1, size.width - 2 * side), Math.max(1, size.height - top - bottom)];
    shape.Rectangles(shape.Op.Set, shape.Kind.Input, id, 0, 0, [[side, top, width, height]]);
    await new Promise<void>((resolve) => client.QueryKeymap(() => resolve()));
  }

  /** The convention of GTK, which GNOME, Xfce, KDE and picom know too: left, right, top, bottom. */
  async #declare(id: number, { side, top, bottom }: ShadowRoom): Promise<void> {
    const [client, name] = await Promise.all([this.#x.client(), this.#x.atom('_GTK_FRAME_EXTENTS')]);
    const data = Buffer.alloc(16);
    for (const [index, length] of [side, side, top, bottom].entries()) data.writeUInt32LE(length, index * 4);
    client.ChangeProperty(replace, id, name, cardinal, 32, data);
  }

  async #size(id: number): Promise<(Size & { readonly depth: number }) | null> {
    const client = await this.#x.client();
    return new Promise((resolve) => {
      client.GetGeometry(id, (error, answer) => {
        resolve(error ? null : answer);
        return true;
      });
    });
  }

  async #open(): Promise<XShape> {
    const client = await this.#x.client();
    return new Promise((resolve, reject) => {
      client.require('shape', (error, found) => (error ? reject(error) : resolve(found)));
    });
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}
