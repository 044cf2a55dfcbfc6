import type { pinyinRoutes } from '../../contract/routes/pinyin.ts';
import type { Handlers } from '../../wire/server.ts';
import { initialsOf } from '../pinyin.ts';

/** How Chinese names are found by their sound. */
export function composePinyin(): { readonly handlers: Handlers<typeof pinyinRoutes> } {
  const requests = {
    'pinyin.initials': ({ texts }: { readonly texts: readonly string[] }) => ({ initials: texts.map(initialsOf) }),
  };
  return { handlers: { requests, streams: {}, states: {} } };
}
