/** Name of the one Electron channel between a page and main. */
export const bridgeChannel = 'beckon';

/** Channel by which the preload tells main what files a person dropped or pasted; no page can send on it. */
export const filesChannel = 'beckon-files';

/** Origin of every page of Beckon. */
export const pageOrigin = 'beckon://app';

/** Longest message of a page in characters, counted over its strings; a longer one is dropped and the page told. */
export const bridgeMessageLimit = 24_000_000;
