import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerView } from '../../../cli/answer-view.ts';
import { noOptions } from '../../../cli/arguments.ts';
import { take } from '../../../cli/chat.ts';
import { doctor } from '../../../cli/doctor.ts';
import { history } from '../../../cli/history.ts';
import { models } from '../../../cli/models.ts';
import { followJob } from '../../../cli/progress.ts';
import type { CommandInput } from '../../../cli/run-cli.ts';
import { servers } from '../../../cli/servers.ts';
import { ensureModel } from '../../../cli/starter.ts';
import { takeAlong } from '../../../cli/take-along.ts';
import { Talk } from '../../../cli/talk.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { createCliWords } from '../../../cli/words.ts';
import { errorCodes, fromErrorShape } from '../../../contract/errors.ts';
import { StateMirror } from '../../../wire/state-mirror.ts';
import { checkout } from '../../support/beckon-app.ts';

/** Clears the screen, sets the title, rings, turns the line around, breaks it, hides, and the same in one C1 character. */
const hostile = 'a\u001b[2J\u001b]0;title\u0007\u202eb\r\nc\u200b\u009b31m\u0085d\u007f\u2028e';
/** What may reach a terminal of it: line ends and tabs of the cli's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are looked for
const orders = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Bold and colours (SGR), which change nothing that is there. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are looked for
const looks = /\u001b\[[0-9;]*m/g;

const model = {
  id: hostile,
  kind: 'server',
  purpose: 'chat',
  name: hostile,
  shortName: hostile,
  licence: hostile,
  languages: [],
  bytes: 1,
  contextTokens: 1,
  installed: true,
  chosen: true,
  fastCopy: null,
  fit: null,
  needBytes: null,
  freeBytes: null,
  measuredWordsPerSecond: null,
  serverId: hostile,
  host: hostile,
};
const server = { id: hostile, address: hostile, host: hostile, label: hostile, models: [hostile], keyKept: 'none' };
const job = {
  id: 'job',
  task: { kind: 'model-download', purpose: 'chat', modelId: hostile },
  title: hostile,
  status: 'running',
  stage: 'working',
  unit: 'byte',
  amount: 1,
  total: 2,
  rate: 1,
  leftMs: 1000,
  allows: ['pause', 'cancel'],
  source: hostile,
  error: null,
};
const receipt = {
  entries: [{ where: 'server', host: hostile, modelId: hostile, modelName: hostile, promptTokens: 1, outputTokens: 1 }],
  basis: { type: 'whole' },
  firstTextMs: 1,
  wordsPerSecond: 2,
};
const error = { code: 'server/failed', message: hostile, values: { host: hostile, status: hostile, says: hostile } };
const answers: Readonly<Record<string, unknown>> = {
  'conversation.list': [{ id: hostile, title: hostile, updatedAt: 1, questions: 1 }],
  'conversation.get': { messages: [{ role: 'assistant', text: hostile }] },
  'server.list': [server],
  'server.test': { ok: false, error: null, models: [hostile], address: hostile, instead: hostile },
  'server.remove': null,
  'conversation.search': [{ conversationId: hostile, snippet: hostile, createdAt: 1 }],
  'notice.list': [{ id: 'n', code: 'settings/server-unread', values: { server: hostile, field: hostile } }],
  'model.list': [model, { ...model, kind: 'file', purpose: 'embedding', installed: false }],
  'model.addFile': model,
  'model.choose': null,
  'model.ensureStarter': { jobId: 'job' },
  'doctor.run': [{ check: 'model', status: 'ok', values: { model: hostile, needBytes: 1, freeBytes: 1 }, error }],
  'file.add': [
    {
      id: 'f',
      status: 'ready',
      title: hostile,
      file: { kind: 'pdf', bytes: 1, extent: { unit: 'page', read: 1, total: 2 } },
    },
  ],
  'run.start': { runId: 'r', conversationId: 'c', questionId: 'q', answerId: 'a' },
};

const leaving = {
  ...{ status: 'leaves', hash: 'h', host: hostile, label: hostile, modelName: hostile, place: 'outside', must: true },
  messages: [{ role: 'user', text: hostile, hidden: [], leftOut: 0 }],
  ...{ policy: null, price: null, reason: { type: 'chosen' } },
};

/** A core of which everything that can come from outside is hostile. */
function hostileSession(finished: object): CommandInput['session'] {
  const client = {
    call: async (name: string) => answers[name],
    request: async (name: string) => ({ ok: true, value: name === 'run.look' ? leaving : null }),
    open: async function* () {
      yield { type: 'run-caught-up', text: hostile };
      for (const text of hostile) yield { type: 'text-delta', text };
      yield { type: 'run-finished', ...finished };
    },
    watch: () => {
      const mirror = new StateMirror<{ readonly jobs: readonly object[]; readonly ended: readonly object[] }>(
        () => {},
        () => {},
      );
      mirror.takeSnapshot(0, { jobs: [job], ended: [] });
      setTimeout(() => mirror.takePatch(1, { jobs: [{ ...job, stage: 'checking' }] }), 5);
      setTimeout(() => mirror.takePatch(2, { jobs: [], ended: [{ ...job, status: 'done' }] }), 10);
      return mirror;
    },
  };
  const keep = <Value>(work: () => Promise<Value>) => work();
  const session = { client, profile: '/tmp', keep, isGoneWithin: async () => false };
  return session as unknown as CommandInput['session'];
}

function inputFor(json: boolean, isTTY: boolean, said: string[], args: readonly string[] = []): CommandInput {
  const output = { isTTY, write: (text: string) => said.push(text) };
  const words = createCliWords({ LANG: json ? 'zh_CN.UTF-8' : 'C', BECKON_PROFILE: '/nonexistent' });
  const session = hostileSession({ state: 'complete', error: null, receipt });
  return {
    session,
    terminal: new Terminal(output, output, isTTY ? { TERM: 'xterm' } : {}),
    words,
    args,
    env: {},
    part: null,
    ...noOptions,
    json,
    files: [hostile],
  };
}

const ways: Readonly<Record<string, (input: CommandInput) => Promise<unknown>>> = {
  history: (input) => history(input),
  'history of words': (input) => history({ ...input, args: [hostile] }),
  models: (input) => models(input),
  'models add': (input) => models({ ...input, part: 'add', args: [hostile] }),
  'models use': (input) => models({ ...input, part: 'use', args: [hostile] }),
  'models get of one that is here': (input) => models({ ...input, part: 'get', args: [hostile] }),
  'models use of one that is not there': (input) =>
    models({ ...input, part: 'use', args: ['no such'] }).catch(() => {}),
  servers: (input) => servers(input),
  'servers add': (input) => servers({ ...input, part: 'add', args: [hostile] }),
  'servers test': (input) => servers({ ...input, part: 'test', args: [hostile] }),
  'servers remove': (input) => servers({ ...input, part: 'remove', args: [hostile] }),
  doctor: (input) => doctor(input),
  'a download': (input) => followJob(input, 'job'),
  'the starter model': (input) => ensureModel(input),
  'a file in part': (input) => takeAlong([{ path: '/none' }], input),
  chat: async (input) => {
    const talk = new Talk(input, [{ path: '/none' }]);
    await talk.welcome();
    for (const text of ['/model', '/model nosuch', `/model ${hostile}`, '/help', '/nosuch', '/file /none', hostile])
      await take(talk, text);
    for (const text of ['/history', '/history 1', `/history ${hostile}`, '/history 7', '/new', '/copy'])
      await take(talk, text);
  },
  'an answer that failed': async (input) => {
    const session = hostileSession({ state: 'cut', error, receipt: null });
    await take(new Talk({ ...input, session }, []), 'hello');
  },
};

it('welcomes to a chat in sentences that end once', async () => {
  for (const host of ['api.example.com', null]) {
    const said: string[] = [];
    const input = inputFor(false, false, said);
    const row = { id: 'm', name: 'M', chosen: true, ...(host === null ? { kind: 'file' } : { kind: 'server', host }) };
    const session = { keep: (ask: () => unknown) => ask(), client: { call: async () => [row] } };
    await new Talk({ ...input, model: null, session: session as unknown as CommandInput['session'] }, []).welcome();
    expect(said.join('')).toContain(host ?? 'M');
    expect(said.join('')).not.toMatch(/[.。]\s*[.。]/);
  }
});

describe('what the cli says', () => {
  it('gives a terminal no order, whatever models, files, servers, chats and errors are called', async () => {
    for (const [way, run] of Object.entries(ways)) {
      for (const json of [false, true]) {
        const said: string[] = [];
        await run(inputFor(json, false, said));
        const text = said.join('');
        expect({ way, json, orders: orders.exec(text)?.[0].codePointAt(0) }).toEqual({ way, json, orders: undefined });
        expect({ way, length: text.length > 0 }).toEqual({ way, length: true });
      }
    }
  });

  it('rewrites a line on a terminal, has looks there, and does nothing else', async () => {
    for (const [way, run] of Object.entries(ways)) {
      const said: string[] = [];
      await run(inputFor(false, true, said));
      const text = said.join('').replaceAll('\r\u001b[2K', '').replaceAll(looks, '');
      expect({ way, orders: orders.exec(text)?.[0].codePointAt(0) }).toEqual({ way, orders: undefined });
    }
  });

  it('is safe for every error there is, with hostile values in all their places', () => {
    const words = createCliWords({ LANG: 'C', BECKON_PROFILE: '/nonexistent' });
    const names = [
      'host',
      'file',
      'folder',
      'says',
      'detail',
      'reason',
      'status',
      'address',
      'accelerator',
      'command',
      'other',
      'display',
    ];
    const values = Object.fromEntries(names.map((name) => [name, hostile]));
    for (const code of errorCodes) {
      const text = words.error(fromErrorShape({ code, message: hostile, values }));
      expect({ code, text: orders.test(text) || text.includes('\n') }).toEqual({ code, text: false });
    }
  });

  it('lets an answer through byte for byte to a file only where that is asked for, and never to a terminal', () => {
    const written = (isTTY: boolean, isRaw: boolean) => {
      const said: string[] = [];
      const output = { isTTY, write: (text: string) => said.push(text) };
      const view = answerView(new Terminal(output, output), isRaw);
      view.add(hostile);
      return said.join('');
    };
    expect(written(false, true)).toBe(hostile);
    for (const [isTTY, isRaw] of [
      [true, true],
      [true, false],
    ] as const)
      expect(written(isTTY, isRaw)).not.toMatch(orders);
    // In a pipe all of the text is left, also what turns it around; only what a terminal obeys is gone.
    expect(written(false, false)).toBe('a[2J]0;title\u202eb\nc\u200b31md\u2028e');
  });

  it('is JSON that means the same and holds no character a terminal obeys', () => {
    const said: string[] = [];
    const output = { write: (text: string) => said.push(text) };
    new Terminal(output, output).json({ [hostile]: hostile });
    expect(JSON.parse(said.join(''))).toEqual({ [hostile]: hostile });
    expect(said.join('')).not.toMatch(orders);
  });

  it('goes through the one outlet: nothing else writes', () => {
    const writers = readdirSync(join(checkout, 'cli'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => /(console\.|std(out|err)\.write)/.test(readFileSync(join(checkout, 'cli', name), 'utf8')))
      .sort();
    expect(writers).toEqual(['toggle.ts']);
  });
});
