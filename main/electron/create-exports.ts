import type { CoreRelay } from '../core/core-relay.ts';
import { ChatExports } from '../shell/chat-exports.ts';
import type { Words } from '../shell/words.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import type { Dialogs } from './dialogs.ts';
import { printPage } from './print-page.ts';

export interface ExportsParts {
  readonly relay: CoreRelay;
  readonly registry: WindowRegistry;
  readonly dialogs: Dialogs;
  readonly words: () => Words;
}

/** Chats as files, written by core at a place that the person chose. */
export function createChatExports({ relay, registry, dialogs, words }: ExportsParts): ChatExports {
  const asked = (ids: readonly string[] | null) => (ids === null ? null : [...ids]);
  return new ChatExports({
    words: () => words().export(),
    nameOf: async ({ conversationIds, format }, said) =>
      (await relay.ask('export.name', { conversationIds: asked(conversationIds), format, words: said })).name,
    choosePath: (name, format) => dialogs.chooseExport(name, format),
    write: async ({ conversationIds, format }, path, said) =>
      (await relay.ask('export.write', { conversationIds: asked(conversationIds), format, path, words: said })).written,
    cancelWrite: () => void relay.ask('export.cancel', {}).catch(() => {}),
    print: (path, signal) => printPage(registry, path, signal),
  });
}
