import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openToRead } from '../../../cli/core-in-process.ts';
import { asNotAsked } from '../../../cli/not-asked.ts';
import { toErrorShape } from '../../../contract/errors.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { openFolders } from '../../../core/profile/folders.ts';
import { createTranslator, sayError } from '../../../locales/translator.ts';

describe('a command that can only read', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'beckon-beside-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('reads beside another that does, without waiting for it: each waited for the one before to end, and gave up', async () => {
    const env = { BECKON_PROFILE: join(root, 'profile'), BECKON_MODELS: join(root, 'models'), HOME: root };
    const folders = openFolders(env);
    const { database } = openDatabase(folders.database);
    const conversations = new Conversations(database, () => {});
    conversations.ask(null, 'Where is the lighthouse?', null);
    conversations.dispose();
    database.close();
    const commands = [openToRead(folders, env), openToRead(folders, env), openToRead(folders, env)];
    try {
      for (const { client } of commands) {
        const list = await client.call('conversation.list', { query: '', limit: 5 });
        expect(list).toMatchObject([{ title: 'Where is the lighthouse?' }]);
      }
      const question = { conversationId: null, text: 'Why?', modelId: null, editsMessageId: null };
      const refused = await commands[1]?.client.call('run.start', question).catch(asNotAsked);
      expect(sayError(createTranslator('en'), toErrorShape(refused))).toMatch(/^The question was not asked:/);
    } finally {
      for (const { client } of commands) await client.call('core.leave', {});
      for (const command of commands) command.dispose();
    }
  });
});
