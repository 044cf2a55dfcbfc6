import type { contextRoutes } from '../../contract/routes/context.ts';
import { SightProcess } from '../../models/sight/sight-process.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Atoms } from '../atoms/atoms.ts';
import { Context } from '../context/context.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import { Files } from '../files/files.ts';
import { ReadCache } from '../files/read-cache.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import type { SightModels } from '../models/sight-models.ts';
import { ReadAhead } from '../read-ahead/read-ahead.ts';
import { createPictureReader } from '../sight/pictures.ts';
import type { CoreBase } from '../surroundings.ts';
import type { composeApplications } from './applications.ts';
import { nothing } from './nothing.ts';

/** Starting an engine takes a processor for itself, which the window needs until its first picture. */
const readAheadAfterMs = 30;
/** Pictures come a few at a time; the models for them take half a gigabyte, and a second to load. */
const sightIdleMs = 60_000;

export interface ContextNeeds {
  readonly desktop: DesktopProcess;
  readonly applications: Omit<ReturnType<typeof composeApplications>, 'handlers'>;
  readonly models: ModelChoice;
  readonly atoms: Atoms;
  readonly sight: SightModels;
}

/** What could go along with a question: what other applications show, and files. The model begins to read it. */
export function composeContext({ entries, store }: CoreBase, needs: ContextNeeds) {
  const { desktop, applications, models, atoms, sight } = needs;
  const readAhead = store.add(new ReadAhead(async () => (await models.find(null)).model, readAheadAfterMs));
  const context = new Context({
    capture: applications.capture,
    labelOf: applications.labelOf,
    describeClipboard: () => desktop.describeClipboard(),
    readClipboard: () => desktop.readClipboardText(),
    now: Date.now,
    onText: (text) => readAhead.start(text),
  });
  const sightProcess = store.add(
    new SightProcess({
      node: entries.node,
      entry: entries.sight,
      codeFolders: entries.sightCode,
      idleMs: sightIdleMs,
    }),
  );
  const cache = store.add(new ReadCache());
  const files = store.add(
    new Files({
      pictures: createPictureReader(sight, sightProcess),
      node: entries.node,
      entry: entries.reader,
      codeFolder: entries.code,
      cache,
      now: Date.now,
      onChip: (chip, attachment, shown) => {
        if (shown) context.keep(chip, attachment);
        else if (attachment !== null) context.keepUnseen(chip.id, attachment);
      },
      chipCount: () => context.fileCount,
      stands: (chipId) => context.has(chipId),
    }),
  );
  store.add(sight.onArrived(() => files.modelArrived()));
  return {
    context,
    files,
    readAhead,
    forgetRead: () => cache.clear(),
    handlers: contextHandlers({ context, files, atoms, applications }),
  };
}

interface ContextParts extends Pick<ContextNeeds, 'atoms' | 'applications'> {
  readonly context: Context;
  readonly files: Files;
}

function contextHandlers({ context, files, atoms, applications }: ContextParts): Handlers<typeof contextRoutes> {
  return {
    requests: {
      'context.capture': async () => {
        // Other applications are asked first; they answer while the files of actions are looked at.
        const captured = context.capture();
        atoms.refresh();
        return nothing(await captured);
      },
      'context.turn': async ({ chipId, on }) => nothing(await context.turn(chipId, on)),
      'context.remove': ({ chipId }) => {
        files.cancel(chipId);
        return nothing(context.remove(chipId));
      },
      'context.sample': ({ language }) => nothing(context.showSample(language)),
      'context.clear': () => nothing(context.clear()),
      'context.askForCopy': async ({ always }) => {
        const window = context.offersCopy;
        const name = window?.application ?? null;
        if (window === null || name === null) return null;
        await context.capture(name);
        const seen = { name, label: applications.labelOf(window) ?? name, asks: true };
        // A word for what told nothing would be kept for nothing.
        if (always && context.whyNothing === null) applications.book.copied(seen);
        return null;
      },
      'file.add': ({ paths, shown }) => files.add(paths, shown),
      'file.readAs': async ({ chipId, encoding }) => nothing(await files.readAs(chipId, encoding)),
      'picture.add': ({ name, bytes }) => files.addPicture(name, Buffer.from(bytes, 'base64'), true),
    },
    streams: {},
    states: { context: context.state },
  };
}
