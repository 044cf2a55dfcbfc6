import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { CardFormat } from '../../contract/card.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { CoreRelay } from '../core/core-relay.ts';
import type { ShellParts } from '../shell/handlers.ts';
import type { Words } from '../shell/words.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import type { Dialogs } from './dialogs.ts';
import { drawCard } from './draw-card.ts';
import { writePicture } from './write-clipboard.ts';

export interface CardsParts {
  readonly relay: CoreRelay;
  readonly registry: WindowRegistry;
  readonly dialogs: Dialogs;
  readonly words: () => Words;
  readonly look: () => Pick<ShellState, 'language' | 'theme'>;
}

/** Answers as pictures: core signs what made them, a page of ours draws them, core puts the card into the file. */
export function createCards({ relay, registry, dialogs, words, look }: CardsParts): ShellParts['cards'] {
  const make = (answerId: string, authorName: string | null) => {
    const { language, theme } = look();
    return relay.ask('card.make', { answerId, authorName, language, theme });
  };
  return {
    copy: async (answerId, authorName) => {
      const { page } = await make(answerId, authorName);
      await writePicture(await drawCard(registry, page));
    },
    save: async (answerId, authorName, format: CardFormat) => {
      const { id, fileName, page } = await make(answerId, authorName);
      const to = await dialogs.chooseCard(fileName, format);
      if (to === null) return null;
      if (format === 'html') {
        await relay.ask('card.writePage', { id, to, words: words().cardPage(page) });
        return { fileName: basename(to), beside: false };
      }
      const folder = await mkdtemp(join(tmpdir(), 'beckon-card-'));
      try {
        const drawn = join(folder, 'card.png');
        await writeFile(drawn, await drawCard(registry, page), { mode: 0o600 });
        return { fileName: basename(to), ...(await relay.ask('card.finish', { id, drawn, to })) };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
