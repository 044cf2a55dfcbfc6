import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { BeckonApp, smallModel } from '../support/beckon-app.ts';
import { writeChats } from '../support/chat-file.ts';
import { TestDisplay } from '../support/display.ts';
import { parrotSettings } from '../support/parrot.ts';
import { waitFor } from '../support/processes.ts';
import { fillUsed, paidSettings } from '../support/used-profile.ts';
import { Camera } from './camera.ts';
import { OverlayStates } from './overlay-states.ts';
import { PaidStates } from './paid-states.ts';
import { chinese, english, type StateWords } from './state-words.ts';
import { WindowStates } from './window-states.ts';

const hour = 3_600_000;
/** Kinds of states; `selection` goes on to `putBack`. */
const overlayKinds = ['selection', 'lookedUp', 'files', 'answer', 'places'] as const;
const usedKinds: readonly string[] = ['lists', ...overlayKinds, 'window', 'troubles'];
const paidKinds = ['usage', 'receipt', 'passage', 'labels', 'grants', 'encoding'] as const;
const allKinds: readonly string[] = [...usedKinds, ...paidKinds, 'first'];

/** All states of a person who has used it for a while. */
async function used(words: StateWords, folder: string, wanted: readonly string[]): Promise<number> {
  await using all = new AsyncDisposableStack();
  const display = all.adopt(await TestDisplay.start({ accessibility: 'as-installed', height: 900 }), (one) =>
    one.stop(),
  );
  const server = all.adopt(await StreamingServer.start(), (one) => one.stop());
  const chats = words.titles.map((title, at) => ({ title, answer: words.second, ago: [2, 26, 31, 110][at] ?? 0 }));
  const app = all.adopt(
    await BeckonApp.launch({
      display,
      settings: { ...parrotSettings(server), language: words.language },
      fill: (profile) => {
        writeChats(
          profile,
          chats.map((chat) => ({ ...chat, ago: chat.ago * hour })),
        );
        mkdirSync(join(profile, 'atoms'));
      },
    }),
    (one) => one.close(),
  );
  await app.waitForCore(60_000);
  await app.waitForDesktop();
  app.overlay.setDefaultTimeout(12_000);
  const camera = new Camera(app, folder, words.language, wanted);
  const stage = { display, app, server, camera, words };
  const overlay = new OverlayStates(stage);
  await app.ask('model.choose', { modelId: smallModel });
  if (wants(allKinds, 'lists')) await attempt('lists', () => overlay.lists());
  await app.ask('model.choose', { modelId: 'server:parrot:parrot' });
  for (const name of overlayKinds) if (wants(allKinds, name)) await attempt(name, () => overlay[name]());
  await app.ask('overlay.hide', {});
  if (wants(allKinds, 'window')) await attempt('window', () => new WindowStates(stage).all());
  writeFileSync(join(app.profile, 'atoms', 'mine.json'), '{\n  "atom": 1,\n  "id": }');
  if (wants(allKinds, 'troubles')) await attempt('troubles', () => overlay.troubles());
  return camera.taken.length;
}

/** What somebody sees who has asked a provider, too, and writes actions of their own. */
async function paid(words: StateWords, folder: string, wanted: readonly string[]): Promise<number> {
  await using all = new AsyncDisposableStack();
  const display = all.adopt(await TestDisplay.start({ accessibility: 'as-installed', height: 900 }), (one) =>
    one.stop(),
  );
  const settings = { ...paidSettings, language: words.language };
  const fill = (profile: string) => fillUsed(profile, words);
  const app = all.adopt(await BeckonApp.launch({ display, settings, fill }), (one) => one.close());
  await app.waitForCore(60_000);
  await app.waitForDesktop();
  const camera = new Camera(app, folder, words.language, wanted);
  const states = new PaidStates({ display, app, camera, words });
  for (const name of paidKinds) if (wants(allKinds, name)) await attempt(name, () => states[name]());
  return camera.taken.length;
}

/** The first start, whose model is here already since nothing is fetched for a picture, and what stands in the box after it. */
async function first(words: StateWords, folder: string, wanted: readonly string[]): Promise<number> {
  await using all = new AsyncDisposableStack();
  const display = all.adopt(await TestDisplay.start({ height: 900 }), (one) => one.stop());
  const settings = { firstRunDone: false, language: words.language, modelId: null } as const;
  const app = all.adopt(await BeckonApp.launch({ display, settings }), (one) => one.close());
  await app.waitForCore(60_000);
  const camera = new Camera(app, folder, words.language, wanted);
  await app.overlay.waitForSelector('.first-keys');
  await camera.take(app.overlay, 'overlay-first');
  await app.ask('context.sample', { language: words.language });
  await app.ask('settings.set', { firstRunDone: true });
  await waitFor('the sample', () => app.overlay.locator('.sample-text').count());
  await camera.take(app.overlay, 'overlay-sample');
  return camera.taken.length;
}

/** Whether one of several is gone through: where none of them is named all are. */
function wants(all: readonly string[], one: string): boolean {
  const named = kinds.filter((kind) => all.includes(kind));
  return named.length === 0 || named.includes(one);
}

/** One kind of states that cannot be had leaves the others. */
async function attempt(name: string, take: () => Promise<void>): Promise<void> {
  try {
    await take();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${name}: ${String(error)}\n`);
  }
}

const [target = join(tmpdir(), 'beckon-states'), ...words] = process.argv.slice(2);
/** `@en`, `@zh`, `@first` or the name of a kind of states, such as `@answer`: only those are gone through. */
const kinds = words.filter((word) => word.startsWith('@')).map((word) => word.slice(1));
const wanted = words.filter((word) => !word.startsWith('@'));
const languages = [english, chinese].filter(({ language }) => wants(['en', 'zh'], language.slice(0, 2)));
const folder = resolve(target);
let count = 0;
for (const words of languages) {
  if (usedKinds.some((kind) => wants(allKinds, kind))) count += await used(words, folder, wanted);
  if (paidKinds.some((kind) => wants(allKinds, kind))) count += await paid(words, folder, wanted);
  if (wants(allKinds, 'first')) count += await first(words, folder, wanted);
}
process.stdout.write(`${count} pictures are in ${folder}\n`);
