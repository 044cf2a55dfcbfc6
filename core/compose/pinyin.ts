import type { pinyinRoutes } from '../../contract/routes/pinyin.ts';
import type { Handlers } from '../../wire/server.ts';
import { initialsOf, loadDictionary, needsDictionary } from '../pinyin.ts';

/** How Chinese names are found by their sound. */
export function composePinyin(): { readonly handlers: Handlers<typeof pinyinRoutes> } {
  const requests = {
    'pinyin.initials': async ({ texts }: { readonly texts: readonly string[] }) => {
      if (texts.some(needsDictionary)) await loadDictionary();
      return { initials: texts.map(initialsOf) };
    },
  };
  return { handlers: { requests, streams: {}, states: {} } };
}
