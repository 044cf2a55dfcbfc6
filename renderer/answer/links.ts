/** What is shown of a link: its host, and whether it can be opened at all. */
export interface LinkTarget {
  readonly url: string;
  readonly host: string;
}

/** Only web and mail addresses can be opened; anything else is shown as text. */
export function readLink(address: string | undefined): LinkTarget | null {
  if (address === undefined || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol === 'mailto:') return { url: url.href, host: url.pathname };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return { url: url.href, host: url.host };
}
