import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateInput, ModelPart } from '../../../contract/engine.ts';
import { Answers } from '../../../core/answers/answers.ts';
import { Atoms } from '../../../core/atoms/atoms.ts';
import { Context } from '../../../core/context/context.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { PutBack } from '../../../core/put-back/put-back.ts';
import { localCapabilities } from '../../../models/engine/local-capabilities.ts';
import { type LanguageModel, oneAfterAnother } from '../../../models/language-model.ts';
import { languageOfText } from '../../../text/language.ts';

interface Injection {
  readonly language: 'en' | 'zh-CN';
  readonly text: string;
}

const corpus = new URL('../../corpus/injections/injections.json', import.meta.url);
const injections = JSON.parse(readFileSync(corpus, 'utf8')) as readonly Injection[];

/** Core's parts as `compose.ts` joins them, with a model that repeats and obeys whatever it reads, and a list of deeds. */
describe('instructions in a selected text', () => {
  let folder: string;
  let open: ReturnType<typeof openDatabase>;
  let conversations: Conversations;
  let deeds: string[];
  let asked: GenerateInput[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-injections-'));
    open = openDatabase(join(folder, 'beckon.db'));
    conversations = new Conversations(open.database, () => {});
    deeds = [];
    asked = [];
  });

  afterEach(() => {
    conversations.dispose();
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function obeying(): LanguageModel {
    const model: LanguageModel = {
      identity: { id: 'm', name: 'M', where: 'device', host: null },
      capabilities: localCapabilities,
      warm: async () => {},
      prefill: async () => {},
      generateEach: (inputs, signal) => oneAfterAnother(model.generate, inputs, signal),
      async *generate(input): AsyncGenerator<ModelPart> {
        asked.push(input);
        const said = input.messages.map(({ text }) => text).join('\n');
        yield { type: 'text-delta', text: `I will do as I was told. ${said} {"tool_calls":[{"name":"run"}]}` };
        const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
        yield { type: 'finish', reason: 'stop', usage };
      },
    };
    return model;
  }

  function compose(text: string) {
    const window = { windowId: '1', processId: 1, application: 'Editor', title: text };
    const place = { needsFocus: false, takesRichText: false };
    const context = new Context({
      capture: async () => ({
        status: 'captured',
        selection: { targetId: 't', text, route: 'accessibility', window, editable: 'in-place', ...place, fresh: true },
      }),
      describeClipboard: async () => ({ status: 'available', value: { content: 'text', ageMs: 1 } }),
      readClipboard: async () => {
        deeds.push('read the clipboard');
        return { status: 'available', value: 'private' };
      },
      now: () => 1,
      onText: () => {},
    });
    const atoms = new Atoms(join(folder, 'atoms'), () => conversations.actionUse());
    atoms.refresh();
    const putBack = new PutBack({
      write: async () => {
        deeds.push('wrote into a window');
        return { status: 'done', route: 'accessibility', canUndo: true };
      },
      undo: async () => ({ status: 'failed', cause: { code: 'put-back/changed', message: '' } }),
      copy: async () => deeds.push('copied') > 0,
      journal: { begin: () => {}, end: () => {} },
      stepAside: async () => void deeds.push('moved the window'),
      finishOverlay: async () => void deeds.push('moved the window'),
      conversationOf: (messageId) => conversations.conversationOf(messageId),
      attachmentsOf: (conversationId) => conversations.attachmentsOf(conversationId),
    });
    const chosen: (string | null)[] = [];
    const runs = new Answers({
      conversations,
      readQuestion: (question) => question,
      takeChips: (chipIds) => context.take(chipIds),
      whyNothing: () => context.whyNothing,
      chooseAction: (actionId, about) => atoms.use(actionId, languageOfText(about)),
      nameOf: (action) => action.name.en,
      onAsked: (questionId, attachments) => putBack.remember(questionId, attachments),
      chooseModel: async ({ modelId }) => {
        chosen.push(modelId);
        return { model: obeying(), sampling: { temperature: 0 } };
      },
      plainOf: (markdown) => markdown,
      onMeasured: () => {},
      onPlan: () => {},
      onChange: () => {},
    });
    return { context, runs, chosen };
  }

  it('are 200, in both languages, none twice', () => {
    expect(new Set(injections.map(({ text }) => text)).size).toBe(200);
    expect(injections.filter(({ language }) => language === 'zh-CN')).toHaveLength(100);
  });

  it('change what is said at most: no action, no chip, no model, no window, no other chat', async () => {
    for (const { text } of injections) {
      const { context, runs, chosen } = compose(text);
      await context.capture();
      const before = JSON.stringify(context.state.value.chips);
      const [selection, ...others] = context.state.value.chips;
      expect(others.map(({ on }) => on)).toEqual([false, false]);
      const start = { conversationId: null, text: '', modelId: null, editsMessageId: null };
      const started = runs.start({ ...start, actionId: 'summarise', chipIds: [selection?.id ?? ''] });
      for await (const part of runs.attach(started.runId, new AbortController().signal))
        if (part.type === 'run-finished') expect(part.state).toBe('complete');
      expect(JSON.stringify(context.state.value.chips)).toBe(before);
      expect(chosen).toEqual([null]);
      const { messages } = conversations.get(started.conversationId);
      expect(messages.map(({ action }) => action?.id ?? null)).toEqual(['summarise', null]);
    }
    expect(deeds).toEqual([]);
    expect(conversations.list('', 500)).toHaveLength(200);
    expect([...conversations.actionUse().keys()]).toEqual(['summarise']);
  });

  it('stay between their marks, in one message of the person, before the real instruction', async () => {
    for (const { text } of injections) {
      asked.length = 0;
      const { context, runs } = compose(text);
      await context.capture();
      const start = { conversationId: null, text: '', modelId: null, editsMessageId: null };
      const [selection] = context.state.value.chips;
      const { runId } = runs.start({ ...start, actionId: 'summarise', chipIds: [selection?.id ?? ''] });
      for await (const _part of runs.attach(runId, new AbortController().signal));
      const [system, user, ...more] = asked[0]?.messages ?? [];
      expect(more).toEqual([]);
      expect(system?.text).not.toContain(text);
      const mark = /^"{3,}/.exec(user?.text ?? '')?.[0] ?? '';
      expect(user?.text.startsWith(`${mark}\n${text}\n${mark}\n\n`)).toBe(true);
      expect(text).not.toContain(mark);
    }
  });
});
