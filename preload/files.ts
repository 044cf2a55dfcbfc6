import { ipcRenderer, webUtils } from 'electron';
import { filesChannel, pastedPictureBytes, picturesChannel } from '../contract/bridge.ts';

/**
 * Tells main which files a person dropped or pasted here. The page itself never learns a path and has no way to name one:
 * only events that the browser made itself count, and only the files they carry. What is no file on a disk is told as an
 * empty path, a picture by its bytes.
 */
export function watchFiles(): void {
  window.addEventListener('drop', (event) => take(event, event.dataTransfer), { capture: true });
  window.addEventListener('paste', (event) => take(event, event.clipboardData), { capture: true });
}

function take(event: Event, data: DataTransfer | null): void {
  if (!event.isTrusted || data === null || data.files.length === 0) return;
  const paths = [...data.files].map(pathOf);
  // Office programs put a picture beside the text that is meant.
  const picturesOfText = paths.every((path) => path === '') && data.getData('text/plain') !== '';
  if (picturesOfText && event.type === 'paste') return;
  event.preventDefault();
  const pictures = [...data.files].filter((file, index) => paths[index] === '' && isPicture(file));
  const others = paths.filter((path, index) => path !== '' || !pictures.includes(data.files[index] as File));
  if (others.length > 0) ipcRenderer.send(filesChannel, others);
  for (const picture of pictures) void sendPicture(picture);
}

/** A picture on the clipboard or out of a web page lies on no disk: its bytes are all there is. */
function isPicture({ type, size }: File): boolean {
  return type.startsWith('image/') && size > 0 && size <= pastedPictureBytes;
}

async function sendPicture(picture: File): Promise<void> {
  ipcRenderer.send(picturesChannel, new Uint8Array(await picture.arrayBuffer()));
}

/** Electron 32 took `File.path` away; before, there is no `webUtils`. */
function pathOf(file: File): string {
  const newer = (webUtils as typeof webUtils | undefined)?.getPathForFile;
  return newer === undefined ? ((file as File & { readonly path?: string }).path ?? '') : newer(file);
}
