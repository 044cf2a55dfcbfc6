import { basename } from 'node:path';
import type { CoreRelay } from '../core/core-relay.ts';
import { ChatExports, type Export, type Exported } from '../shell/chat-exports.ts';
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
function createChatExports({ relay, registry, dialogs, words }: ExportsParts): ChatExports {
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

/** What the shell's endpoints write to files. */
export function createExports(parts: ExportsParts) {
  const chats = createChatExports(parts);
  return {
    exportChats: (wanted: Export) => chats.run(wanted),
    exportReceipts: () => exportReceipts(parts),
    cancelExport: () => chats.cancel(),
  };
}

/** The log of receipts as a file, written by core at a place that the person chose. */
async function exportReceipts({ relay, dialogs }: Pick<ExportsParts, 'relay' | 'dialogs'>): Promise<Exported> {
  const path = await dialogs.chooseReceipts(`Beckon ${new Date().toISOString().slice(0, 10)}.jsonl`);
  if (path === null) return { status: 'stopped', fileName: null };
  await relay.ask('receipts.write', { path });
  return { status: 'written', fileName: basename(path) };
}
