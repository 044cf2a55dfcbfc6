import { type IpcMainEvent, ipcMain } from 'electron';
import * as z from 'zod';
import { filesChannel, pastedPictureBytes, picturesChannel } from '../../contract/bridge.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { isTrustedSender } from '../bridge/sender.ts';
import { senderOf } from './bridge.ts';

const pathsSchema = z.array(z.string().max(4096)).min(1).max(200);
const pictureSchema = z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= pastedPictureBytes);

export interface DroppedFilesOptions {
  /** Whether files may come from this window now. */
  readonly takesFiles: (webContentsId: number) => boolean;
  /** With the window they were dropped on. */
  readonly onFiles: (paths: readonly string[], webContentsId: number) => void;
  /** A picture that lies on no disk, as the bytes of a file. */
  readonly onPicture: (picture: Uint8Array, webContentsId: number) => void;
}

/** Files that a person dropped on a window or pasted into it, as the preload tells them. */
export class DroppedFiles implements Disposable {
  readonly #options: DroppedFilesOptions;

  constructor(options: DroppedFilesOptions) {
    this.#options = options;
    ipcMain.on(filesChannel, this.#onFiles);
    ipcMain.on(picturesChannel, this.#onPicture);
  }

  dispose(): void {
    ipcMain.off(filesChannel, this.#onFiles);
    ipcMain.off(picturesChannel, this.#onPicture);
  }

  readonly #onFiles = (event: IpcMainEvent, message: unknown): void => {
    if (!isTrustedSender(senderOf(event), this.#options.takesFiles)) return;
    const paths = pathsSchema.safeParse(message);
    if (paths.success) this.#options.onFiles(paths.data, event.sender.id);
  };

  readonly #onPicture = (event: IpcMainEvent, message: unknown): void => {
    if (!isTrustedSender(senderOf(event), this.#options.takesFiles)) return;
    const picture = pictureSchema.safeParse(message);
    if (picture.success) this.#options.onPicture(picture.data, event.sender.id);
  };
}
