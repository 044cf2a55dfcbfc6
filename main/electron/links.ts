import { type BrowserWindow, dialog, type MessageBoxOptions, shell } from 'electron';

export interface LinkWords {
  readonly title: string;
  readonly message: string;
  readonly open: string;
  readonly cancel: string;
}

/** The address as it will really be opened (host in punycode), or null when it may not be opened at all. */
export function checkLink(text: string): { readonly url: string; readonly host: string } | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol === 'mailto:') return { url: url.href, host: url.pathname };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return { url: url.href, host: url.host };
}

/** The one way out to a browser: shows the host, and opens only when the person agrees. Without a parent it stands alone. */
export async function openLink(
  parent: BrowserWindow | null,
  text: string,
  words: (host: string) => LinkWords,
): Promise<boolean> {
  const link = checkLink(text);
  if (link === null) return false;
  const { title, message, open, cancel } = words(link.host);
  const options: MessageBoxOptions = {
    type: 'question',
    title,
    message,
    detail: link.url.slice(0, 400),
    buttons: [cancel, open],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const answer = await (parent === null ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options));
  if (answer.response !== 1) return false;
  await shell.openExternal(link.url);
  return true;
}
