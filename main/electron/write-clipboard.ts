import { ClipboardItem, clipboard } from 'electron';

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
