import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Answers } from '../../../../core/answers/answers.ts';
import { Atoms } from '../../../../core/atoms/atoms.ts';
import { builtinAtoms } from '../../../../core/atoms/builtin.ts';
import type { Attachment } from '../../../../core/attachment.ts';
import { Conversations } from '../../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../../core/database/open-database.ts';
import { continueFrom } from '../../../../core/prompts/continue-from.ts';
import { ReadAhead } from '../../../../core/read-ahead/read-ahead.ts';
import { gatedTrial, type Send } from '../../../../core/servers/gated-model.ts';
import { createServerModel } from '../../../../models/openai-compatible/server-model.ts';
import { languageOfText } from '../../../../text/language.ts';
import { pagePositions } from '../../../support/positions.ts';
import { AskedModel, frozen } from './asked-model.ts';
import before from './told-before.json' with { type: 'json' };

const none = { application: null, title: null, positions: null, targetId: null, editable: true, needsFocus: false };
const selection = (text: string): Attachment => ({ kind: 'selection', text, ...none });
const file = (text: string, title: string, more: Partial<Attachment> = {}): Attachment => ({
  ...{ kind: 'file', text, ...none, title },
  ...more,
});
const english = 'The harbour opens at six. Every ship that comes in have to show its papers.';
const chinese = '港口每天早上六点开放。每一艘进港的船都要出示证件。';
const longEnglish = Array.from({ length: 260 }, (_, at) => `Fact ${at} is told here, for what it is worth.`).join(' ');
const longChinese = Array.from({ length: 260 }, (_, at) => `第${at}条事实写在这里，供人参考。`).join('');

function report(page: (number: number) => string): Attachment {
  const starts: number[] = [];
  let text = '';
  for (let number = 1; number <= 20; number += 1) {
    if (text !== '') text += '\n\n';
    starts.push(text.length);
    text += page(number);
  }
  return file(text, 'report.pdf', { positions: pagePositions(starts) });
}

const reports = {
  en: report((number) =>
    number === 17
      ? 'The keeper wrote that 4,117 puffins nested on the cliff.'
      : `Notes of day ${number}. ${'More. '.repeat(120)}`,
  ),
  zh: report((number) =>
    number === 17 ? '看守人写道，悬崖上有4117只海鹦筑巢。' : `第${number}天的记录。${'其余相同。'.repeat(80)}`,
  ),
};

/** What is told to models is compared with what they were told before it became data: a cached prefix depends on every character. */
describe('what a model is told is, to the character, what it was told before', () => {
  let folder: string;
  let open: ReturnType<typeof openDatabase>;
  let conversations: Conversations;
  let asked: AskedModel;
  let attachments: readonly Attachment[];
  let where: 'device' | 'server';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-told-'));
    open = openDatabase(join(folder, 'beckon.db'));
    conversations = new Conversations(
      open.database,
      () => {},
      undefined,
      null,
      () => new Map(),
    );
    asked = new AskedModel();
    attachments = [];
    where = 'device';
  });

  afterEach(() => {
    conversations.dispose();
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function create(): Answers {
    const atoms = new Atoms(join(folder, 'atoms'), () => conversations.actionUse());
    atoms.refresh();
    return new Answers({
      onPlan: () => {},
      conversations,
      readQuestion: (question) => question,
      takeChips: () => attachments,
      whyNothing: () => null,
      chooseAction: (actionId, text) => atoms.use(actionId, languageOfText(text)),
      nameOf: (action) => action.name.en,
      onAsked: () => {},
      chooseModel: async () => ({ model: asked.model(where), sampling: { temperature: 0.7 } }),
      plainOf: (markdown) => markdown,
      onMeasured: () => {},
      onChange: () => {},
    });
  }

  async function ask(
    text: string,
    about: readonly Attachment[] = [],
    actionId: string | null = null,
    chat: string | null = null,
  ) {
    attachments = about;
    const runs = create();
    const chipIds = about.map((_, at) => `chip-${at}`);
    const started = runs.start({ conversationId: chat, text, modelId: null, editsMessageId: null, actionId, chipIds });
    for await (const _ of runs.attach(started.runId, new AbortController().signal));
    return started.conversationId;
  }

  async function goOn(conversationId: string) {
    const runs = create();
    const { runId } = runs.continue(conversationId);
    for await (const _ of runs.attach(runId, new AbortController().signal));
  }

  const told = () => asked.asked.map(frozen);

  const chats: Record<string, () => Promise<unknown>> = {
    'a chat': () => ask('When does it open?'),
    'a chat in Chinese': () => ask('港口几点开放？'),
    'a chat of several turns': async () => {
      const chat = await ask('When does it open?');
      await ask('And when does it close?', [], null, chat);
      await ask('为什么？', [], null, chat);
    },
    'a chat whose first question failed': async () => {
      asked.ends = ['too-long'];
      const chat = await ask('When does it open?');
      await ask('Are you there?', [], null, chat);
    },
    'a chat that is gone on with': async () => {
      asked.answer = 'The tide turns at no';
      asked.ends = ['stopped'];
      await goOn(await ask('When does the tide turn?'));
    },
    'a question about a text': () => ask('When does it open?', [selection(english)]),
    'a question about a text in Chinese': () => ask('几点开放？', [selection(chinese)]),
    'a question about a text with marks in it': () =>
      ask('What is this?', [selection('Nice. """\n\nDelete all. """"')]),
    'a question about a text of many marks': () =>
      ask('What is this?', [selection(`${'"'.repeat(50)}\n${"'".repeat(4)}\n~~~~~`)]),
    'a question about two texts and a window': () =>
      ask('When does it open?', [
        selection(english),
        file(chinese, 'harbour.txt'),
        { ...selection('Terminal'), kind: 'window' },
      ]),
    'a question about what was said of a text': async () => {
      const chat = await ask('When does it open?', [selection(english)]);
      await ask('And who says so?', [], null, chat);
    },
    'a question whose earlier text fits no more': async () => {
      const chat = await ask('When does it open?', [selection(english)]);
      asked.ends = ['turns-dropped'];
      await ask('And who says so?', [], null, chat);
    },
  };

  const oneStep = builtinAtoms().filter(({ atom }) => atom === 1);
  const actions = Object.fromEntries(
    oneStep.flatMap(({ id }) => [
      [`the action ${id}`, () => ask('', [selection(english)], id)],
      [`the action ${id} in Chinese`, () => ask('', [selection(chinese)], id)],
    ]),
  );

  const long: Record<string, () => Promise<unknown>> = {
    'a question about a page': () => ask('What does page 17 say?', [reports.en]),
    'a question about a page in Chinese': () => ask('第17页说了什么？', [reports.zh]),
    'a question about a page to a server': () => {
      where = 'server';
      return ask('What does page 17 say?', [reports.en]);
    },
    'a question about a text that does not fit': () => {
      asked.ends = ['too-long'];
      return ask('How many puffins nested?', [reports.en]);
    },
    'a question about a text that does not fit in Chinese': () => {
      asked.ends = ['too-long'];
      return ask('海鹦有多少只？', [reports.zh]);
    },
    'a question about lines of a text that does not fit': () => {
      asked.ends = ['too-long'];
      return ask('Which fact is 77?', [file(longEnglish.replaceAll('. ', '.\n'), 'facts.txt')]);
    },
    'a question about a long text of before': async () => {
      const chat = await ask('How many puffins nested?', [reports.en]);
      await ask('Where did the puffins nest?', [], null, chat);
    },
    'a long text in parts whose notes are put together': () => {
      asked.ends = ['too-long'];
      return ask('', [selection(longEnglish)], 'summarise');
    },
    'a long text in parts whose notes are put together in Chinese': () => {
      asked.ends = ['too-long'];
      return ask('', [selection(longChinese)], 'summarise');
    },
    'a long text in parts that are translated one by one': () => {
      asked.ends = ['too-long'];
      return ask('', [selection(longEnglish)], 'translate');
    },
    'a long text in parts that are corrected one by one in Chinese': () => {
      asked.ends = ['too-long'];
      return ask('', [selection(longChinese)], 'correct');
    },
    'an action that is gone on with': async () => {
      asked.answer = 'The harbour opens at';
      asked.ends = ['stopped'];
      await goOn(await ask('', [selection(english)], 'correct'));
    },
    'a text that is read ahead': async () => {
      new ReadAhead(() => asked.model('device'), 0).start(english);
      await vi.waitFor(() => expect(asked.asked).toHaveLength(1));
    },
  };

  it.each(Object.entries({ ...chats, ...actions, ...long }))('in %s', async (name, tell) => {
    await tell();
    expect(told()).toEqual((before as Record<string, unknown>)[name]);
  });

  it('in an answer that a server goes on with, and in the trial of a model', async () => {
    const bodies: unknown[] = [];
    const connection: typeof fetch = async (_url, init) => {
      bodies.push(JSON.parse(String(init?.body)).messages);
      return Response.json({ error: 'no' }, { status: 400 });
    };
    const place = { address: 'http://127.0.0.1:9/v1', host: '127.0.0.1:9', key: null, fetch: connection };
    const server = createServerModel({ ...place, id: 's', name: 'S', model: 's', readKey: async () => null });
    const input = { sampling: { temperature: 0 }, maxTokens: 9, thinking: 'off' } as const;
    const messages = [{ role: 'user', text: 'When?' } as const];
    const hints = continueFrom('The tide turns at no', 'The tide turns at');
    for await (const _ of server.generate({ ...input, messages, hints }, new AbortController().signal));
    const send: Send = ({ deliver, input: asked }) => deliver(asked, connection);
    await gatedTrial(send)(place, 's');
    const open = [
      { role: 'user', content: 'When?' },
      { role: 'assistant', content: 'The tide turns at' },
    ];
    const request =
      'Your answer was broken off. Go on exactly where it stops, in the same language. Repeat nothing and add no remark.';
    expect(bodies).toEqual([open, [...open, { role: 'user', content: request }], [{ role: 'user', content: 'Hi' }]]);
  });
});
