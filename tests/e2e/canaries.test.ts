import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import type { ServerRow } from '../../contract/model.ts';
import { connectToCore } from '../../core/socket/socket-client.ts';
import { readySettings, writeSettings } from '../support/beckon-app.ts';
import { canariesBelow, canariesIn, canariesOfProcesses, canaryOf } from '../support/canaries.ts';
import { Cloud } from '../support/cloud.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

/** Where something private can come from. */
const places = [
  ...['selection', 'beside the selection', 'title', 'clipboard', 'question', 'follow-up', 'earlier chat'],
  ...['file name', 'file', 'folder', 'file beside', 'action', 'other action', 'private name', 'mail', 'telephone'],
  ...['key', 'other key', 'environment', 'server name', 'rule', 'draft'],
] as const;
type Place = (typeof places)[number];
const canary = (place: Place) => canaryOf(place);

const host = 'api.anthropic.com';
const models = ['claude-haiku-5-5'];
const key = `sk-ant-${canary('key')}`;
const cloud = await Cloud.start({ host, header: 'x-api-key', key, models });
cloud.mock.onMessage(/./, { content: 'Understood.', usage: { input_tokens: 20, output_tokens: 2 } }, { chunkSize: 5 });

const folder = mkdtempSync(join(tmpdir(), 'beckon-canaries-'));
const profile = join(folder, 'profile');
const action = (id: string, place: Place) => ({
  ...{ atom: 1, id, name: { en: `Heed ${id}`, 'zh-CN': id }, hint: { en: 'it', 'zh-CN': '它' }, icon: 'spell-check' },
  prompt: { en: `Heed ${canary(place)} in the text above.`, 'zh-CN': canary(place) },
  ...{ input: 'selection', output: 'show' },
});
writeSettings(profile, {
  ...readySettings,
  privateNames: [canary('private name')],
  servers: [
    { id: 's-2', address: 'http://127.0.0.1:9/v1', label: canary('server name'), models: ['m'], keyKept: 'none' },
  ],
});
mkdirSync(join(profile, 'atoms'));
writeFileSync(join(profile, 'atoms', 'heed-one.json'), JSON.stringify(action('heed-one', 'action')));
writeFileSync(join(profile, 'atoms', 'heed-two.json'), JSON.stringify(action('heed-two', 'other action')));

const env = { ...cloud.env, KANARI_TOKEN: canary('environment'), OPENAI_API_KEY: canary('other key') };
const options = { display: { accessibility: true }, app: { env, profile } } as const;

describeOnDesktop('everything private that Beckon can see', options, (desk) => {
  const { app, display, steps, keep, open, select, write } = desk;

  afterAll(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  /** Looks at what would leave, agrees to it, waits for the whole answer; tells which canaries stood in what left for it. */
  async function sentFor(question: object): Promise<{ readonly sent: readonly string[]; readonly chat: string }> {
    const before = cloud.asked.length;
    const asked = {
      ...{ questionId: randomUUID(), conversationId: null, text: '', modelId: null, editsMessageId: null },
      ...{ actionId: null, chipIds: [], ...question },
    };
    const looked = await app.ask('run.look', { of: 'question', ...asked });
    expect(looked.error ?? null).toBeNull();
    const { hash, body } = looked.value as { hash: string; body: string };
    expect(cloud.asked.length).toBe(before);
    const started = await app.ask('run.start', { ...asked, agreed: hash });
    expect(started.error ?? null).toBeNull();
    const { conversationId } = started.value as { conversationId: string };
    const last = await waitFor('the answer has ended', async () => {
      const { messages } = (await app.ask('conversation.get', { conversationId })).value as Conversation;
      const answer = messages.at(-1);
      return answer?.role === 'assistant' && answer.state !== 'growing' ? answer : null;
    });
    expect([last.state, last.error]).toEqual(['complete', null]);
    expect(cloud.asked.slice(before).map((one) => one.body)).toEqual([body]);
    return { sent: canariesIn(cloud.asked.at(-1)?.body ?? '', places), chat: conversationId };
  }

  it('leaves in the body of the one question it belongs to, to the chosen provider, and is left nowhere else', async () => {
    desk.startAnew();
    const connected = app.ask('providers.connect', { provider: 'anthropic', address: `https://${host}`, key, models });
    await waitFor('the question has the keyboard', () => display.focusedTitle() === 'Use a server');
    display.press('Tab', 'Return');
    const { id } = (await connected).value as ServerRow;
    await app.ask('model.choose', { modelId: `server:${id}:${models[0]}` });
    await app.ask('rules.change', { revision: 1, list: [{ from: canary('rule'), does: 'never-leaves' }] });

    const earlier = await sentFor({ text: `About ${canary('earlier chat')}.` });
    expect(earlier.sent).toEqual(['earlier chat']);

    const line = `The ferry ${canary('selection')} of ${canary('private name')}, ${canary('mail')}@example.com.`;
    const file = write(`${canary('title')}.txt`, `${canary('beside the selection')}\n${line}\nAfter.\n`);
    keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-i', write('copied', canary('clipboard'))]));
    await waitFor('it is copied', () => display.selection('clipboard') === canary('clipboard'));
    await open('mousepad', ['--disable-server', file], /kanari/);
    await app.waitForDesktop();
    await select(line, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    const chip = async (kind: string) => (await steps.context()).chips.find((one) => one.kind === kind)?.id ?? '';
    const selection = await chip('selection');
    const acted = await sentFor({ actionId: 'heed-one', chipIds: [selection] });
    expect(acted.sent).toEqual(['selection', 'action']);

    await app.ask('context.turn', { chipId: await chip('clipboard'), on: true });
    const clipboard = await waitFor('the clipboard is read', async () =>
      (await steps.context()).chips.find((one) => one.kind === 'clipboard' && one.on),
    );
    expect((await sentFor({ text: 'What is it?', chipIds: [clipboard.id] })).sent).toEqual(['clipboard']);

    const private_ = join(folder, canary('folder'));
    mkdirSync(private_);
    writeFileSync(join(private_, 'beside.txt'), canary('file beside'));
    const document = join(private_, `${canary('file name')}.txt`);
    writeFileSync(document, `It says ${canary('file')}.\n`);
    const core = await connectToCore(profile);
    const added = await core?.client.request('file.add', { paths: [document], shown: true });
    core?.dispose();
    const [chipOfFile] = added?.ok === true ? added.value : [];
    const asked = await sentFor({ text: `Find ${canary('question')}.`, chipIds: [chipOfFile?.id] });
    // What a file is called, and where it lies, is nobody's business.
    expect(asked.sent).toEqual(['question', 'file']);
    const again = await sentFor({ conversationId: asked.chat, text: `And ${canary('follow-up')}, call 13800138000?` });
    expect(again.sent).toEqual(['question', 'follow-up', 'file']);
    expect(cloud.asked.at(-1)?.body).not.toContain('13800138000');
    // What is typed and not sent goes nowhere.
    await app.overlay.fill('.ask-input', canary('draft'));

    for (const { path, headers } of cloud.asked) {
      expect(canariesIn(path, places)).toEqual([]);
      expect(canariesIn(headers, places)).toEqual(['key']);
    }
    expect([...new Set(cloud.ways)]).toEqual([`CONNECT ${host}:443`]);

    const ofProcesses = canariesOfProcesses(app.pid, places);
    // The search finds what is there: the environment that Beckon was started with.
    expect(ofProcesses.flatMap(({ places: found }) => found)).toContain('environment');
    expect(ofProcesses.filter(({ where }) => !isInherited(where))).toEqual([]);
    await app.close();
    expect(canariesIn(app.output.join(''), places)).toEqual([]);
    const kept = canariesBelow(profile, places);
    expect(kept.flatMap(({ places: found }) => found)).toContain('question');
    for (const found of kept) expect(found).toSatisfy(isKept);
    // Crash dumps, caches and temporary files of the display's own home.
    expect(canariesBelow(join(display.folder, 'home'), ['key', 'other key', 'environment'])).toEqual([]);
  });
});

/** Main and core have the environment that they were started with, as every program of the person's has; nothing below them does. */
function isInherited(where: string): boolean {
  return where.startsWith('environ of ') && !/(?:engine|reader|sight|desktop)[./](?:entry|mjs)/.test(where);
}

/** What a person keeps there: chats with what went along, their own actions, names, rules and drafts. Never a key. */
function isKept({ where, places: found }: { readonly where: string; readonly places: readonly string[] }): boolean {
  if (found.some((place) => ['key', 'other key', 'environment', 'beside the selection', 'file beside'].includes(place)))
    return false;
  return /^(?:beckon\.db|copies|atoms|atom-versions|settings\.json|rules\.json|drafts|backups)/.test(where);
}
