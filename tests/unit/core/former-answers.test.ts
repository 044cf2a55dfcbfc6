import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

describe('an answer that was asked for again of another model', () => {
  let folder: string;
  let conversations: Conversations;
  let id: string;
  let first: string;
  const write = (answerId: string, text: string) =>
    conversations.updateAnswer(answerId, { text, thinking: '', state: 'complete', error: null, receipt: null });
  const texts = () => conversations.get(id).messages.map(({ text }) => text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-former-answers-'));
    const { database } = openDatabase(join(folder, 'beckon.db'));
    conversations = new Conversations(database, () => {});
    const asked = conversations.ask(null, 'Which is longer?', null);
    [id, first] = [asked.conversationId, asked.answerId];
    write(first, 'The Nile.');
  });
  afterEach(() => {
    conversations.dispose();
    rmSync(folder, { recursive: true });
  });

  // Whoever compares two answers lost the first with the second.
  it('stands beside the other, and takes its place again as the answer that it was', () => {
    const { answerId: second } = conversations.askAgain(id, true);
    write(second, 'The Amazon.');
    expect([texts(), conversations.get(id).former?.text]).toEqual([['Which is longer?', 'The Amazon.'], 'The Nile.']);
    conversations.swapAnswers(id);
    expect([texts(), conversations.get(id).former?.text]).toEqual([['Which is longer?', 'The Nile.'], 'The Amazon.']);
    expect(conversations.get(id).messages.at(-1)).toMatchObject({ id: first, state: 'complete' });
    conversations.swapAnswers(id);
    expect(conversations.get(id).messages.at(-1)?.id).toBe(second);
  });

  it('is none where the same was asked once more, or something else since', () => {
    conversations.askAgain(id);
    expect(conversations.get(id).former).toBeUndefined();
    const { answerId } = conversations.askAgain(id, true);
    write(answerId, 'The Nile, once more.');
    const { answerId: other } = conversations.askAgain(id, true);
    write(other, 'The Amazon.');
    expect(conversations.get(id).former?.text).toBe('The Nile, once more.');
    conversations.ask(id, 'And by how much?', null);
    expect(conversations.get(id).former).toBeUndefined();
    expect(() => conversations.swapAnswers(id)).toThrow();
  });

  it('is not taken back into an answer that is still being written', () => {
    conversations.askAgain(id, true);
    expect(() => conversations.swapAnswers(id)).toThrow();
    expect(conversations.get(id).former?.text).toBe('The Nile.');
  });
});
