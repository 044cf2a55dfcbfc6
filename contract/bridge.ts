/** Name of the one Electron channel between a page and main. */
export const bridgeChannel = 'beckon';

/** Channel by which the preload tells main what files a person dropped or pasted; no page can send on it. */
export const filesChannel = 'beckon-files';

/** Channel by which the preload hands main a picture that a person dropped or pasted and that lies on no disk. */
export const picturesChannel = 'beckon-pictures';

/** Largest such picture, in bytes. */
export const pastedPictureBytes = 32_000_000;

/** Origin of every page of Beckon. */
export const pageOrigin = 'beckon://app';

/** Longest message of a page in characters, counted over its strings; a longer one is dropped and the page told. */
export const bridgeMessageLimit = 24_000_000;

/**
 * The words of the small window, which tells what was just done, or that something waits to be read. Main puts them into the
 * address of its page, since that page has no bridge.
 */
export interface SaidWords {
  readonly text: string;
  /** Combinations of keys to press one after the other, each by the names on its keys. */
  readonly keys: readonly (readonly string[])[];
  /** Whether it tells of something done, which has a tick before it. */
  readonly isDone: boolean;
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
}
