import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateInput, ModelPart } from '../../../contract/engine.ts';
import type { Rule } from '../../../contract/rule.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { type ChatTexts, Leave } from '../../../core/rules/leave.ts';
import { RuleFile } from '../../../core/rules/rule-file.ts';
import { Rules } from '../../../core/rules/rules.ts';
import type { Destination } from '../../../core/sending/destination.ts';
import { hashOf } from '../../../core/sending/hash-of.ts';
import { LaterPrompts } from '../../../core/sending/later-prompts.ts';
import type { Prepared } from '../../../core/sending/prepared.ts';
import { Pseudonyms } from '../../../core/sending/pseudonyms.ts';
import type { Redact } from '../../../core/sending/redaction.ts';
import { Gate, question } from '../../support/gate.ts';
import { endOf, textOf } from '../../support/model-parts.ts';

const answerId = 'm-answer';
const never: Rule = { from: 'KeePassXC', does: 'never-leaves' };
const secret: GenerateInput = {
  ...question,
  messages: [{ role: 'user', text: 'Write to li.hua@example.com, and to Li Hua again: li.hua@example.com.' }],
};

function attachment(application: string | null): Attachment {
  const place = { targetId: null, editable: false, needsFocus: false, positions: null };
  return { kind: 'selection', text: 'entry 4', application, title: null, ...place };
}

function chat(application: string | null): ChatTexts {
  const message = {
    conversationId: 'c',
    thinking: '',
    error: null,
    receipt: null,
    canGoOn: false,
    createdAt: 0,
  } as const;
  const own = { attachments: [], action: null, state: 'complete' } as const;
  return {
    messages: [
      { ...message, ...own, id: 'm-1', role: 'user', text: 'What is this?' },
      { ...message, ...own, id: 'm-2', role: 'assistant', text: 'An entry.' },
      { ...message, ...own, id: 'm-3', role: 'user', text: 'And now?' },
      { ...message, ...own, id: answerId, role: 'assistant', text: '' },
    ],
    attachments: new Map([['m-1', [attachment(application)]]]),
  };
}

describe('what a person lets leave', () => {
  let gate: Gate;
  let folder: string;
  let leave: Leave<Destination>;
  let later: LaterPrompts;
  let texts: ChatTexts;
  let showFirst: 'all' | 'asked' | readonly string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-leave-'));
    texts = chat('Firefox');
    showFirst = 'asked';
    const rules = new Rules({
      file: new RuleFile(join(folder, 'rules.json')),
      privateNames: () => ['Li Hua'],
      applications: () => [],
    });
    const settings = () => ({ ...defaultSettings, showFirst });
    leave = new Leave<Destination>({ rules, settings, chatOf: () => texts, hashOf, trainingOf: () => 'no' });
    const pseudonyms = new Pseudonyms(() => ['Li Hua']);
    const redact: Redact = (input) => {
      const messages = input.messages.map((one) => ({ ...one, text: pseudonyms.hide(one.text).text }));
      const places = (text: string) => pseudonyms.placesIn(text);
      return { input: { ...input, messages }, hidden: 3, places, restore: (parts) => parts };
    };
    later = new LaterPrompts();
    gate = await Gate.start({
      ...{ redact, permits: leave },
      show: (id, prepared, signal) => later.ask(id, prepared, hashOf(prepared.input, prepared.to), signal),
    });
  });
  afterEach(async () => {
    await gate.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const setFirst = (value: typeof showFirst) => {
    showFirst = value;
  };
  const writeRules = (...list: readonly Rule[]) =>
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ rules: 1, list }));
  const ask = async (modelId: string, input: GenerateInput = secret) => {
    const parts: ModelPart[] = [];
    const model = gate.servers.model(modelId, answerId);
    for await (const part of model?.generate(input, new AbortController().signal) ?? []) parts.push(part);
    return parts;
  };
  const look = async (modelId: string, input: GenerateInput = secret) => {
    const seen: Prepared[] = [];
    const parts: ModelPart[] = [];
    const model = gate.servers.model(modelId, answerId, (order) =>
      gate.sending.look(order, (prepared) => seen.push(prepared)),
    );
    for await (const part of model?.generate(input, new AbortController().signal) ?? []) parts.push(part);
    return { prepared: seen[0], count: seen.length, end: endOf(parts) };
  };

  // A preview of its own making shows what somebody thinks is sent.
  it('is shown byte for byte as the server gets it, and nothing leaves while it is looked at', async () => {
    const modelId = gate.add('nas.lan', 'key-store');
    const { prepared, count } = await look(modelId);
    expect({ count, connections: gate.connections, entries: gate.entries() }).toEqual({
      ...{ count: 1, connections: 0, entries: [] },
    });
    expect(textOf(await ask(modelId))).toBe('Hello.');
    expect(gate.questions.map(({ body }) => body)).toEqual([prepared?.body]);
    const text = prepared?.input.messages[0]?.text ?? '';
    expect(text).not.toContain('li.hua');
    expect(text).not.toContain('Li Hua');
    const places = prepared?.places(text) ?? [];
    expect(places.map(({ start, end }) => text.slice(start, end))).toEqual(places.map(({ pseudonym }) => pseudonym));
    expect(places.map((place) => place.secret)).toEqual(['li.hua@example.com', 'Li Hua', 'li.hua@example.com']);
  });

  it('is nothing of a chat in which a text came from where nothing leaves, in whatever way it is asked', async () => {
    const modelId = gate.add('nas.lan');
    writeRules({ has: 'code', does: 'here' }, never);
    texts = chat('KeePassXC');
    expect(endOf(await ask(modelId))).toBe('rules/never-leaves');
    expect((await look(modelId)).end).toBe('rules/never-leaves');
    const each = gate.servers.model(modelId, answerId)?.generateEach([secret, secret], new AbortController().signal);
    const codes: string[] = [];
    for await (const { part } of each ?? []) if (part.type === 'failure') codes.push(part.error.code);
    expect(codes).toEqual(['rules/never-leaves', 'rules/never-leaves']);
    expect(gate.connections).toBe(0);
  });

  it('is nothing where the rules cannot be read, and again something once they can', async () => {
    const modelId = gate.add('nas.lan');
    writeFileSync(join(folder, 'rules.json'), '{"rules": 1,\n "list": [}');
    expect(endOf(await ask(modelId))).toBe('rules/broken-file');
    expect(gate.connections).toBe(0);
    writeRules();
    expect(textOf(await ask(modelId))).toBe('Hello.');
  });

  // The key store may ask the person for a password, which takes as long as it takes.
  it('is nothing where the rule is written while the key is read', async () => {
    const modelId = gate.add('nas.lan', 'key-store');
    texts = chat('KeePassXC');
    gate.onKeyRead = () => writeRules(never);
    expect(endOf(await ask(modelId))).toBe('rules/never-leaves');
    expect(gate.connections).toBe(0);
  });

  it('may be asked of a server on this machine, whatever rule there is', async () => {
    const modelId = gate.add();
    writeRules(never);
    texts = chat('KeePassXC');
    showFirst = 'all';
    expect(textOf(await ask(modelId))).toBe('Hello.');
  });

  it.each([
    ['a setting for all', () => setFirst('all')],
    ['a setting for that server', () => setFirst(['s-1'])],
    ['a rule', () => writeRules({ does: 'ask-me' })],
    [
      'a text that may be from where nothing leaves',
      () => {
        texts = chat(null);
        writeRules(never);
      },
    ],
  ])('is shown first where %s wants it, and sent once it was agreed to', async (_name, want) => {
    const modelId = gate.add('nas.lan');
    want();
    expect(endOf(await ask(modelId))).toBe('sending/not-shown');
    const { prepared } = await look(modelId);
    if (prepared === undefined) throw new Error('nothing was shown');
    leave.agree(answerId, hashOf(prepared.input, prepared.to));
    const other = { ...secret, messages: [{ role: 'user' as const, text: 'Something else.' }] };
    expect(endOf(await ask(modelId, other))).toBe('sending/shown-otherwise');
    expect(gate.connections).toBe(0);
    expect(textOf(await ask(modelId))).toBe('Hello.');
    const shown: string[] = [];
    later.onChange((id, hash) => {
      expect(id).toBe(answerId);
      if (hash === null) return;
      shown.push(later.of(id)?.body ?? '');
      // Only the very prompt that is shown is let go.
      expect(later.agree(id, `${hash}0`)).toBe(false);
      expect(gate.questions.length).toBe(shown.length);
      later.agree(id, hash);
    });
    expect(textOf(await ask(modelId, other))).toBe('Hello.');
    expect(textOf(await ask(modelId, other))).toBe('Hello.');
    expect(shown).toEqual(gate.questions.slice(1).map(({ body }) => body));
    expect(shown.length).toBe(2);
  });

  it('is shown alone where the person looked at it of their own accord, and what follows goes', async () => {
    const modelId = gate.add('nas.lan');
    const { prepared } = await look(modelId);
    if (prepared === undefined) throw new Error('nothing was shown');
    leave.agree(answerId, hashOf(prepared.input, prepared.to));
    expect([textOf(await ask(modelId)), textOf(await ask(modelId))]).toEqual(['Hello.', 'Hello.']);
  });

  it('is not sent where the answer is stopped while a later prompt is shown, and waits for nobody', async () => {
    showFirst = 'all';
    const modelId = gate.add('nas.lan');
    const { prepared } = await look(modelId);
    if (prepared === undefined) throw new Error('nothing was shown');
    leave.agree(answerId, hashOf(prepared.input, prepared.to));
    await ask(modelId);
    const stop = new AbortController();
    later.onChange((_, hash) => hash !== null && stop.abort());
    const parts: ModelPart[] = [];
    for await (const part of gate.servers.model(modelId, answerId)?.generate(secret, stop.signal) ?? [])
      parts.push(part);
    expect(parts).toEqual([{ type: 'aborted' }]);
    expect([gate.questions.length, later.of(answerId)]).toEqual([1, null]);
  });

  it('is not sent to another server than the one that was shown', async () => {
    const [modelId, elsewhere] = [gate.add('nas.lan'), gate.add('box.lan', 'none', 's-2')];
    const { prepared } = await look(modelId);
    if (prepared === undefined) throw new Error('nothing was shown');
    leave.agree(answerId, hashOf(prepared.input, prepared.to));
    expect(endOf(await ask(elsewhere))).toBe('sending/shown-otherwise');
    expect(gate.connections).toBe(0);
  });
});
