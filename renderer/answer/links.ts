/** What is shown of a link: its host, and whether it can be opened at all. */
export interface LinkTarget {
  readonly url: string;
  readonly host: string;
}

/** Only web and mail addresses can be opened; anything else is shown as text. */
export function readLink(address: string | undefined): LinkTarget | null {
  const url = parse(address);
  if (url === null) return null;
  if (url.protocol === 'mailto:') return { url: url.href, host: url.pathname };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return { url: url.href, host: url.host };
}

/** `URL.canParse` and `URL.parse` are newer than the oldest runtime that Beckon starts on. */
function parse(address: string | undefined): URL | null {
  try {
    return address === undefined ? null : new URL(address);
  } catch {
    return null;
  }
}
