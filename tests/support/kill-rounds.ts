import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import type { RunStarted } from '../../contract/run.ts';
import { connectToCore } from '../../core/socket/socket-client.ts';
import { BeckonApp, readySettings, tinyModel, writeSettings } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { answerLimitMs, processTree, sleep, waitFor } from './processes.ts';
import { type Random, seededRandom } from './random.ts';

export const victims = ['engine', 'core', 'renderer', 'main'] as const;
export type Victim = (typeof victims)[number];
type Point = 'in prefill' | 'mid-token' | 'mid-commit' | 'at any time';

/** What the issue allows for a process to be back. */
const backLimitMs = 3000;
const goneLimitMs = 2000;
const longText = 'The keeper climbed the stairs of the lighthouse again and looked out over the grey water. '.repeat(
  40,
);

/** A conversation that goes on while processes of the app die, and what has to be true afterwards. */
export class KillRounds {
  readonly #display: TestDisplay;
  readonly #random: Random;
  readonly #profile: string;
  readonly #acknowledged: { readonly conversationId: string; readonly questionId: string; readonly text: string }[] =
    [];
  readonly lines: string[] = [];
  #app: BeckonApp;
  #conversationId: string | null = null;
  #count = 0;
  #treeAtDeath: readonly number[] = [];

  private constructor(display: TestDisplay, seed: number, app: BeckonApp, profile: string) {
    this.#display = display;
    this.#random = seededRandom(seed);
    this.#app = app;
    this.#profile = profile;
  }

  static async start(display: TestDisplay, seed: number): Promise<KillRounds> {
    const profile = mkdtempSync(join(tmpdir(), 'beckon-kill-'));
    writeSettings(profile, { ...readySettings, modelId: tinyModel });
    const app = await BeckonApp.launch({ display, profile });
    await app.waitForCore();
    return new KillRounds(display, seed, app, profile);
  }

  async close(): Promise<void> {
    await this.#app.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** One death: a question, kill -9 at its point, and everything that must hold after it. */
  async round(victim: Victim, index: number): Promise<void> {
    const points: Point[] = ['in prefill', 'mid-token', 'mid-commit', 'at any time'];
    const point = points[index % points.length] ?? 'at any time';
    await this.#makeReady();
    const { seen, killedAt } = await this.#killDuringAnswer(victim, point);
    const backAfter = await this.#waitUntilBack(victim, killedAt);
    await this.#checkKept(victim, seen);
    this.lines.push(`${victim} ${point}: ${seen.length} characters seen, back after ${backAfter} ms`);
  }

  /** The engine is awake and the circuit closed, as after a person who pressed "Try again". */
  async #makeReady(): Promise<void> {
    await this.#need('model.choose', { modelId: tinyModel });
    // In a chat of its own: after a long story the small model tells another one, as long as an answer may be. The round
    // goes on in that chat, whose first question is among what has to be kept.
    this.#conversationId = null;
    const { answerId } = await this.#ask('Say hello.');
    const ended = async () => {
      const answer = await this.#answer(answerId);
      return answer?.state === 'growing' ? null : (answer ?? null);
    };
    const { state, error } = await waitFor('an answer', ended, answerLimitMs);
    if (state !== 'complete') expect(error).toMatchObject({ code: 'run/answer-length' });
  }

  async #killDuringAnswer(victim: Victim, point: Point): Promise<{ seen: string; killedAt: number }> {
    if (point === 'mid-commit') {
      const wal = join(this.#profile, 'beckon.db-wal');
      const before = sizeOf(wal);
      const pending = this.#ask(`Number ${this.#count}. ${longText}`).catch(() => null);
      // Busy on purpose: the moment at which the log of the database grows lasts less than a timer's tick.
      const end = Date.now() + 3000;
      while (sizeOf(wal) === before && Date.now() < end) await new Promise((resolve) => setImmediate(resolve));
      this.#kill(victim);
      const killedAt = Date.now();
      await Promise.race([pending, sleep(300)]);
      return { seen: '', killedAt };
    }
    const question = point === 'in prefill' ? `Retell number ${this.#count}: ${longText}` : 'Write a long story.';
    const { answerId } = await this.#ask(question);
    if (point === 'mid-token')
      await waitFor('words are stored', async () => (await this.#answer(answerId))?.text !== '', 20_000);
    else await sleep(point === 'in prefill' ? 60 + this.#random(150) : this.#random(1500));
    const seen = (await this.#answer(answerId))?.text ?? '';
    if (point === 'in prefill') expect(seen).toBe('');
    this.#kill(victim);
    return { seen, killedAt: Date.now() };
  }

  #kill(victim: Victim): void {
    const pid = this.#pidOf(victim);
    if (pid === undefined) throw new Error(`there is no ${victim} to kill`);
    if (victim === 'main') this.#treeAtDeath = processTree(this.#app.pid).map((entry) => entry.pid);
    process.kill(pid, 'SIGKILL');
  }

  #pidOf(victim: Victim): number | undefined {
    if (victim === 'main') return this.#app.pid;
    if (victim === 'core') return this.#app.corePid();
    if (victim === 'engine') return this.#app.enginePid();
    return this.#app.processIds('--type=renderer')[0];
  }

  async #waitUntilBack(victim: Victim, killedAt: number): Promise<number> {
    if (victim === 'main') {
      await this.#app.waitUntilGone(this.#treeAtDeath, goneLimitMs);
      const startedAt = Date.now();
      this.#app = await BeckonApp.launch({ display: this.#display, profile: this.#profile });
      await this.#app.waitForCore(backLimitMs);
      return Date.now() - startedAt;
    }
    await waitFor(`${victim} is back`, async () => (await this.#usable(victim)) || null, backLimitMs);
    return Date.now() - killedAt;
  }

  /** As a command would: pages may not. */
  async #warm(): Promise<void> {
    const connection = await connectToCore(this.#profile);
    await connection?.client.request('engine.warm', {});
    connection?.dispose();
  }

  async #usable(victim: Victim): Promise<boolean> {
    try {
      const answered = (await this.#app.askThroughMain('core.info', {}, 250)).ok;
      if (victim !== 'engine' || !answered) return answered;
      void this.#warm();
      return this.#app.enginePid() !== undefined;
    } catch {
      return false;
    }
  }

  async #checkKept(victim: Victim, seen: string): Promise<void> {
    await this.#checkAcknowledged(this.#conversationId);
    const { messages } = await this.#conversation();
    const last = messages.at(-1);
    expect(last?.role).toBe('assistant');
    if (victim === 'renderer') {
      // The answer goes on in core; it must not make the next one wait.
      const { runningRunId } = await this.#conversation();
      if (runningRunId !== null) await this.#need('run.cancel', { runId: runningRunId });
      return;
    }
    await waitFor(
      'the cut answer has its end',
      async () => (await this.#conversation()).messages.at(-1)?.state !== 'growing',
    );
    const ended = (await this.#conversation()).messages.at(-1);
    expect(ended?.text.startsWith(seen)).toBe(true);
    // It may have been complete just before the kill.
    if (ended?.state !== 'complete')
      expect(ended?.state).toBe(ended?.text === '' && victim === 'engine' ? 'failed' : 'cut');
  }

  /** Every question whose storing was confirmed, in all chats of all rounds. */
  async checkAll(): Promise<void> {
    for (const id of new Set(this.#acknowledged.map(({ conversationId }) => conversationId))) {
      await this.#checkAcknowledged(id);
    }
  }

  async #checkAcknowledged(conversationId: string | null): Promise<void> {
    const { messages } = (await this.#need('conversation.get', { conversationId })) as Conversation;
    const texts = new Map(messages.map(({ id, text }) => [id, text]));
    for (const question of this.#acknowledged)
      if (question.conversationId === conversationId) expect(texts.get(question.questionId)).toBe(question.text);
  }

  async #ask(text: string): Promise<RunStarted> {
    this.#count += 1;
    const input = { conversationId: this.#conversationId, text, modelId: null, editsMessageId: null };
    const started = (await this.#need('run.start', input)) as RunStarted;
    this.#conversationId = started.conversationId;
    this.#acknowledged.push({ ...started, text: text.trim() });
    return started;
  }

  async #conversation(): Promise<Conversation> {
    return (await this.#need('conversation.get', { conversationId: this.#conversationId })) as Conversation;
  }

  async #answer(answerId: string) {
    return (await this.#conversation()).messages.find(({ id }) => id === answerId);
  }

  async #need(name: string, input: unknown): Promise<unknown> {
    const answer = await this.#app.askThroughMain(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error?.code}`);
    return answer.value;
  }
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size + statSync(path).mtimeMs : 0;
}
