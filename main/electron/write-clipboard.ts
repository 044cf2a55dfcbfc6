import { ClipboardItem, clipboard, type NativeImage, nativeImage } from 'electron';

/** Copies a picture. Older Electrons take it as pixels, newer ones as a file. */
export async function writePicture(png: Uint8Array): Promise<void> {
  const old = clipboard as unknown as { readonly writeImage?: (picture: NativeImage) => void };
  if (typeof ClipboardItem === 'undefined') old.writeImage?.(nativeImage.createFromBuffer(Buffer.from(png)));
  else
    await clipboard.write([
      new ClipboardItem({ 'image/png': new Blob([Uint8Array.from(png)], { type: 'image/png' }) }),
    ]);
}

/** How Electron before 45 writes several forms of a text at once. */
interface OldClipboard {
  write(forms: { readonly text: string; readonly html: string }): void;
}

/** Copies a text, with its rich form where there is one: newer Electrons take items with types, older ones named forms. */
export async function writeClipboard(text: string, html?: string): Promise<void> {
  if (html === undefined) await clipboard.writeText(text);
  else if (typeof ClipboardItem === 'undefined') (clipboard as unknown as OldClipboard).write({ text, html });
  else await clipboard.write([new ClipboardItem({ 'text/plain': text, 'text/html': html })]);
}
