import { describe, expect, it } from 'vitest';
import { errorActions, errorCodes } from '../../../contract/errors.ts';
import { formatBytes, formatDuration } from '../../../locales/format.ts';
import { resources } from '../../../locales/index.ts';
import { createTranslator, sayError } from '../../../locales/translator.ts';

type Tree = { readonly [key: string]: string | Tree };

/** Every sentence by its path, such as `errors.model.none`. */
function flatten(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(name, value);
    else for (const [inner, text] of flatten(value, name)) found.set(inner, text);
  }
  return found;
}

const english = flatten(resources.en);
const chinese = flatten(resources['zh-CN']);

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? '').sort();
}

describe('the words of Beckon', () => {
  it('are there in both languages, none missing and none empty', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const text of [...english.values(), ...chinese.values()]) expect(text.trim()).not.toBe('');
  });

  it('take the same values in both languages', () => {
    const different = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(chinese.get(key) ?? '').join(),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('are Chinese where they should be', () => {
    // Command lines, versions and names of languages are the same everywhere; what has no letter is of no language.
    const foreign = (text: string) => /\p{L}/u.test(text.replace(/\{\{.*?\}\}/g, '')) && !/\p{Script=Han}/u.test(text);
    const same = [...chinese].filter(([key, text]) => foreign(text) && english.get(key) !== text);
    expect(same).toEqual([]);
  });

  it('hold no exclamation mark and no jargon', () => {
    for (const text of [...english.values(), ...chinese.values()]) expect(text).not.toMatch(/[!！]|GGUF|token|oops/i);
  });

  // 动作 and 操作 stood for the same thing on one page, and 凭据, which also means a password, beside 收据.
  it('call one thing by one word', () => {
    for (const [key, text] of chinese) expect(text, key).not.toMatch(/动作|凭据/);
  });

  it('put no sign of half a width between Chinese words', () => {
    const lists = [...chinese].filter(([key]) => !key.endsWith('.also'));
    for (const [key, text] of lists) expect(text, key).not.toMatch(/[\u4e00-\u9fff}] ?[,:;?] ?[\u4e00-\u9fff{]/);
  });

  it('have a sentence for every error and a label for every next step', () => {
    for (const code of errorCodes) {
      expect(english.has(`errors.${code.replace('/', '.')}`), code).toBe(true);
      const values = {
        host: 'h',
        folder: 'f',
        file: 'f',
        line: 3,
        reason: 'r',
        needBytes: 6.1e9,
        freeBytes: 3.8e9,
        limitBytes: 200_000,
        other: 'o',
        variable: 'v',
        name: 'n',
        seconds: 3,
        status: 500,
        times: 3,
      };
      const said = sayError(createTranslator('en'), {
        code,
        message: '',
        values: {
          ...values,
          address: 'a',
          accelerator: 'F9',
          command: 'x',
          display: ':0',
          signal: 'SIGILL',
          needWords: 9,
          haveWords: 8,
          detail: 'd',
          limit: 10,
          count: 3,
          kind: 'word',
          proxy: 'p',
          character: '…',
          position: 4,
          missing: 'f',
          parts: 3,
          kept: 3,
        },
      });
      expect(said, code).not.toMatch(/\{\{|\$t\(/);
    }
    for (const action of errorActions) expect(english.has(`actions.${action}`), action).toBe(true);
  });

  it('quote what a server says of an error, made safe and never read as words of Beckon', () => {
    const says = 'The model \u202Eevil\u001b[2J {{host}} $t(app.internal) is gone';
    const error = { code: 'server/failed', message: '', values: { host: 'h', status: 500, says } } as const;
    const quoted = 'The model ⟨202E⟩evil⟨001B⟩[2J {{host}} $t(app.internal) is gone';
    expect(sayError(createTranslator('en'), error)).toBe(
      `h reported an error (500). Try again. The server says: “${quoted}”`,
    );
    expect(sayError(createTranslator('zh-CN'), error)).toMatch(/^h .+。服务器说：“.+”$/);
  });

  it('tell of damaged chats in whole sentences, of one chat as of many, and what lay in their place', () => {
    const values = { total: 2, kept: 1, fromCopy: 1, lostMessages: 3, copyTime: '2026-03-01 14:20', file: 'f.damaged' };
    const say = (language: 'en' | 'zh-CN', given: Readonly<Record<string, string | number>>) =>
      sayError(createTranslator(language), { code: 'database/damaged', message: '', values: { ...values, ...given } });
    expect(say('en', { context: 'kept', was: 'part', here: 'lost' })).toBe(
      'A part of the chat file was damaged. 1 of 2 chats is here; messages known to be missing: 3. The damaged file is kept as f.damaged.',
    );
    expect(say('en', { context: 'kept', was: 'part', here: 'whole', total: 1 })).toContain('the one chat is here');
    expect(say('en', { context: 'kept', was: 'folder', here: 'copyUnsure' })).toBe(
      'A folder lay in the place of the chat file. 1 chat is here; of 1 something was read from a copy of 2026-03-01 14:20: what is newer may be missing, and what you deleted since may be back. The folder is kept as f.damaged.',
    );
    expect(say('en', { context: 'gone', was: 'gone', here: 'nothing', kept: 0 })).toBe(
      'The chat file was gone. No chat could be read, and there was no copy with chats. Beckon begins with an empty file.',
    );
    expect(say('zh-CN', { context: 'kept', was: 'log', here: 'unsure', kept: 50 })).toBe(
      '最后保存的对话写在对话文件旁边的一个文件里，而那个文件不见了。读出的 50 个对话都在，可能还缺少别的。原来的对话文件保留为 f.damaged。',
    );
    const titles = { context: 'kept', was: 'damaged', here: 'nothingButTitles', kept: 0, titles: 72 };
    expect(say('en', titles)).toBe(
      'The chat file was damaged. No message could be read, and no copy holds any; of 72 chats the titles alone are here. The damaged file is kept as f.damaged.',
    );
    expect(say('en', { context: 'keptAndTitles', was: 'older', here: 'unsure', kept: 66, titles: 6 })).toBe(
      'The chat file was an earlier one: what was stored last was not in it. 66 chats could be read and are here; others may be missing. Of 6 more, the titles alone are here. The chat file as it was is kept as f.damaged.',
    );
    expect(say('zh-CN', { context: 'kept', was: 'older', here: 'nothingInCopy', kept: 0 })).toBe(
      '对话文件是较早的一份，里面没有最后保存的内容。没有读出任何对话，2026-03-01 14:20 的副本里也没有。Beckon 从空文件重新开始。原来的对话文件保留为 f.damaged。',
    );
    expect(say('zh-CN', { context: 'goneAndTitles', was: 'gone', here: 'unsure', kept: 66, titles: 6 })).toBe(
      '对话文件不见了。读出的 66 个对话都在，可能还缺少别的。另有 6 个对话只剩标题。',
    );
    for (const language of ['en', 'zh-CN'] as const)
      for (const was of ['part', 'damaged', 'gone', 'folder', 'foreign', 'log', 'older'])
        for (const here of ['whole', 'copy', 'lost', 'copyAndLost', 'unsure', 'copyUnsure', 'unsureAndLost', 'nothing'])
          for (const kept of [1, 60])
            expect(say(language, { context: 'kept', was, here, kept })).not.toMatch(/\{\{|\$t\(|undefined|database\./);
  });

  it('count one thing as one', () => {
    const plural =
      /\{\{\s*(count|kept|total|limit|parts|times|conversations)\b[^}]*\}\} (chats|files|pages|messages|words|lines|questions|models|changes|parts)\b/;
    const alone = [...english].filter(([key, text]) => plural.test(text) && !/_(one|other)$/.test(key));
    // These are never about one.
    const always = ['errors.model.parts-missing', 'errors.file.too-many', 'cli.moreHistory'];
    expect(alone.map(([key]) => key).filter((key) => !always.includes(key))).toEqual([]);
  });

  it('tell sizes and times as people read them', () => {
    const error = {
      code: 'model/too-large-for-memory',
      message: '',
      values: { needBytes: 6.1e9, freeBytes: 3.8e9 },
    } as const;
    expect(sayError(createTranslator('en'), error)).toContain('needs 6.1 GB, 3.8 GB are free');
    expect(sayError(createTranslator('zh-CN'), error)).toContain('6.1 GB');
    expect([formatBytes(999), formatBytes(491_400_064), formatBytes(1e12)]).toEqual(['999 B', '491 MB', '1000.0 GB']);
    expect([
      formatDuration(0.2, 'en'),
      formatDuration(89, 'en'),
      formatDuration(120, 'zh-CN'),
      formatDuration(Number.POSITIVE_INFINITY, 'en'),
    ]).toEqual(['1 s', '89 s', '2 分钟', '…']);
  });
});
