import { join } from 'node:path';
import { joinRoutes } from '../../contract/join-routes.ts';
import type { cardsRoutes } from '../../contract/routes/cards.ts';
import { placeOfHost } from '../../models/hosts.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Atoms } from '../atoms/atoms.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { fileNameOf } from '../exports/file-name.ts';
import { writeWhole } from '../exports/whole-file.ts';
import type { InstalledModels } from '../models/installed-models.ts';
import { toRichText } from '../put-back/rich-text.ts';
import type { Receipts } from '../receipts/receipts.ts';
import { AuthorKey } from '../sharing/author-key.ts';
import { cardSources } from '../sharing/cards/card-sources.ts';
import { Cards } from '../sharing/cards/cards.ts';
import type { CoreBase } from '../surroundings.ts';
import { composeGrounding } from './grounding.ts';
import { nothing } from './nothing.ts';
import { composePassages } from './passages.ts';

export interface CardNeeds {
  readonly atoms: Atoms;
  readonly conversations: Conversations;
  readonly receipts: Receipts;
  readonly installed: InstalledModels;
}

/** What of an answer stands in its text, and where that is shown; answers as pictures and pages that say what made them. */
export function composeCards(base: CoreBase, { atoms, conversations, receipts, installed }: CardNeeds) {
  const { ground, handlers: grounding } = composeGrounding(base, conversations, installed);
  const { folders } = base;
  const whatWas = (answerId: string) => {
    const { id, messages } = conversations.conversationOf(answerId);
    const at = messages.findIndex((message) => message.id === answerId);
    const before = messages.slice(0, at);
    const attachments = conversations.attachmentsOf(id);
    const about = before.findLast((message) => (attachments.get(message.id) ?? []).length > 0);
    return {
      answer: messages[at],
      question: before.findLast(({ role }) => role === 'user') ?? null,
      texts: about === undefined ? [] : (attachments.get(about.id) ?? []),
    };
  };
  const cards = new Cards({
    author: new AuthorKey(join(folders.profile, 'author.json')),
    answerOf: whatWas,
    atomOf: (id) => {
      const found = atoms.all().find(({ file }) => file.id === id);
      return found === undefined ? null : { file: found.file, builtIn: found.from === null };
    },
    receiptOf: (answerId) => receipts.lastHashOf(answerId),
    sourcesOf: async (answerId) => cardSources(whatWas(answerId).texts, await ground(answerId)),
    toHtml: (markdown) => toRichText(markdown)?.html ?? null,
    // How somebody's own network is built is nobody else's business.
    nameHost: (host) => (placeOfHost(new URL(`http://${host}`).hostname) === 'outside' ? host : ''),
    nameFile: (title) => fileNameOf(title, 'Beckon'),
    writePieces: async (path, pieces) => void (await writeWhole(path, pieces, new AbortController().signal)),
  });
  const handlers: Handlers<typeof cardsRoutes> = {
    requests: {
      'card.make': async ({ answerId, ...look }) => {
        const { id, fileName, page } = await cards.make(answerId, look);
        return { id, fileName, page };
      },
      'card.finish': ({ id, drawn, to }) => cards.finish(id, drawn, to),
      'card.writePage': async ({ id, to, words }) => nothing(await cards.writePage(id, to, words)),
    },
    streams: {},
    states: {},
  };
  return { handlers: joinRoutes(grounding, composePassages(base, conversations).handlers, handlers) };
}
