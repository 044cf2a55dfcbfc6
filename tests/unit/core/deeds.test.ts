import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsedAction } from '../../../contract/atom.ts';
import { deedStepSchema } from '../../../contract/atom-steps.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import { doDeed } from '../../../core/answers/deeds.ts';
import { composeDeeds } from '../../../core/compose/deeds.ts';
import { Grants } from '../../../core/permissions/grants.ts';
import { noteNameOf, writeNewNote } from '../../../core/permissions/new-note.ts';
import { addToNotes } from '../../../core/permissions/notes.ts';
import type { Notice } from '../../../core/ports.ts';
import { listValue, textValue } from '../../../core/steps/value.ts';
import type { CoreBase } from '../../../core/surroundings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beckon-deeds-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file of notes', () => {
  const notes = () => join(folder, 'notes');
  const read = (file: string) => readFileSync(join(notes(), file), 'utf8');

  it('is made, and added to on lines of its own', () => {
    addToNotes(notes(), 'a.md', 'One', 1);
    writeFileSync(join(notes(), 'a.md'), 'One\ntwo');
    addToNotes(notes(), 'a.md', 'three\n', 1);
    expect(read('a.md')).toBe('One\ntwo\nthree\n');
  });

  it('leads nowhere else: a link, another name of a file and a folder are not written to', () => {
    mkdirSync(notes());
    const outside = join(folder, 'profile');
    writeFileSync(outside, 'mine');
    symlinkSync(outside, join(notes(), 'link.md'));
    linkSync(outside, join(notes(), 'hard.md'));
    mkdirSync(join(notes(), 'folder.md'));
    for (const file of ['link.md', 'hard.md', 'folder.md'])
      expect(() => addToNotes(notes(), file, 'theirs', 3), file).toThrow(
        expect.objectContaining({ code: 'step/not-added' }) as Error,
      );
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  });

  it('grows no further than what is still opened', () => {
    addToNotes(notes(), 'a.md', 'x', 1);
    expect(() => addToNotes(notes(), 'a.md', 'x'.repeat(1_000_001), 1)).toThrow('may not be added to');
    expect(read('a.md')).toBe('x\n');
  });

  it.each([
    '../a.md',
    'a/b.md',
    '.a.md',
    '.bashrc',
    'run.sh',
    'a.desktop',
    'a.md.exe',
    'a\u202Edm.exe',
    'a\n.md',
    'C:a.md',
    '..',
    '',
    `${'a'.repeat(80)}.md`,
  ])('is named by no path and nothing that runs: %j', (file) => {
    expect(deedStepSchema.safeParse({ do: 'append-file', file }).success).toBe(false);
  });
});

describe('a new file of notes', () => {
  const notes = () => join(folder, 'notes');
  const write = (name: string, text: string) => writeNewNote(notes(), name, text, 2);

  it('is written over no other, and gets a number where its name is taken', () => {
    expect([write('Minutes 2026-11-30.md', 'one'), write('Minutes 2026-11-30.md', 'two'), write('Plain', 'x')]).toEqual(
      ['Minutes 2026-11-30.md', 'Minutes 2026-11-30 2.md', 'Plain'],
    );
    expect(readFileSync(join(notes(), 'Minutes 2026-11-30.md'), 'utf8')).toBe('one\n');
    expect(readFileSync(join(notes(), 'Minutes 2026-11-30 2.md'), 'utf8')).toBe('two\n');
  });

  it('leads nowhere else: a name that is a link, to something or nothing, is taken', () => {
    mkdirSync(notes());
    writeFileSync(join(folder, 'mine'), 'mine');
    symlinkSync(join(folder, 'mine'), join(notes(), 'a.md'));
    symlinkSync(join(folder, 'nothing'), join(notes(), 'a 2.md'));
    expect(write('a.md', 'theirs')).toBe('a 3.md');
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
  });

  it('is not begun where it would be too large', () => {
    expect(() => write('a.md', 'x'.repeat(1_000_001))).toThrow(
      expect.objectContaining({ code: 'step/not-added' }) as Error,
    );
    expect(readdirSync(notes(), { recursive: true }).length).toBe(0);
  });

  it.each([
    ['Minutes {date}.md', 'Minutes 2026-03-09.md'],
    ['{date} {time}.txt', '2026-03-09 08-05.txt'],
    ['{text} {clipboard}.md', '{text} {clipboard}.md'],
    ['con.md', '_con.md'],
    ['LPT1', '_LPT1'],
    ['console.md', 'console.md'],
  ])('is named by the day and the time alone, as every system can name a file: %s', (template, name) => {
    expect(deedStepSchema.safeParse({ do: 'new-file', file: template }).success).toBe(true);
    expect(noteNameOf(template, new Date(2026, 2, 9, 8, 5))).toBe(name);
  });

  it.each(['../a.md', '/etc/a.md', '.a.md', 'run.sh', 'a.md.exe', 'C:a.md'])('has no name like %j', (file) => {
    expect(deedStepSchema.safeParse({ do: 'new-file', file }).success).toBe(false);
  });
});

describe('an address that a step opens', () => {
  const open = async (text: string | readonly string[]) => {
    const opened: string[] = [];
    const deeds = {
      openLink: async (url: string) => opened.push(url) > 0,
      append: async () => true,
      create: async () => true,
      notify: async () => true,
    };
    const value = typeof text === 'string' ? textValue(text) : listValue(text);
    await doDeed({ do: 'open-link' }, 2, value, true, deeds);
    return opened;
  };

  it('is the whole text', async () => {
    expect(await open(' https://example.org/a?b=1 \n')).toEqual(['https://example.org/a?b=1']);
  });

  it.each([
    'See https://example.org',
    'https://example.org https://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'vscode://x',
    'mailto:a@example.org',
    'https://user:word@example.org',
    'https://exam\u200Bple.org',
    `https://example.org/${'a'.repeat(2000)}`,
    '/etc/passwd',
    '',
  ])('is none where the text is more, another scheme, or hides something: %j', async (text) => {
    await expect(open(text)).rejects.toMatchObject({ code: 'step/not-a-link', detail: { values: { step: 2 } } });
  });

  it('is not gone on from where the person did not agree', async () => {
    const no = async () => false;
    const deeds = { openLink: no, append: no, create: no, notify: no };
    for (const step of [{ do: 'append-file', file: 'a.md' }, { do: 'notify' }] as const)
      await expect(doDeed(step, 4, textValue('x'), false, deeds)).rejects.toMatchObject({ code: 'step/not-agreed' });
  });
});

describe('a step that notifies', () => {
  const action: UsedAction = {
    ...{ id: 'tell', name: { en: 'Tell me', 'zh-CN': '告诉我' }, instruction: 'Tell me', output: 'show', diff: false },
    ...{ sampling: null, maxTokens: null, steps: [{ do: 'notify' }] },
  };
  function composed(agrees: boolean, shows: boolean) {
    const said: string[] = [];
    const host = {
      ...{ face: 'app', settings: () => ({ ...defaultSettings, language: 'en' }) },
      agreeToNotify: async ({ name, text }: Notice) => said.push(`asked ${name}: ${text}`) > 0 && agrees,
      notify: async ({ name, text }: Notice) => said.push(`told ${name}: ${text}`) > 0 && shows,
    };
    const base = { host, folders: { profile: folder }, env: {} } as unknown as CoreBase;
    const { deedsOf } = composeDeeds(base);
    const tell = (text: string, asks: boolean) => doDeed({ do: 'notify' }, 3, textValue(text), asks, deedsOf(action));
    return { tell, said, deedsOf };
  }

  it('is asked about once, and each time where a text from outside decided it', async () => {
    const { tell, said } = composed(true, true);
    await tell('one', false);
    await tell('two', false);
    await tell('three', true);
    const first = ['asked Tell me: one', 'told Tell me: one'];
    expect(said).toEqual([...first, 'told Tell me: two', 'asked Tell me: three', 'told Tell me: three']);
  });

  it('tells nothing that was not agreed to, and does not count as agreed', async () => {
    const { tell, said } = composed(false, true);
    await expect(tell('one', false)).rejects.toMatchObject({ code: 'step/not-agreed' });
    await expect(tell('two', false)).rejects.toMatchObject({ code: 'step/not-agreed' });
    expect(said).toEqual(['asked Tell me: one', 'asked Tell me: two']);
  });

  it('says so where the system shows none', async () => {
    const { tell } = composed(true, false);
    await expect(tell('one', false)).rejects.toMatchObject({
      code: 'step/not-notified',
      detail: { values: { step: 3 } },
    });
  });

  it('is done in Beckon’s windows alone: a terminal has nobody to ask', async () => {
    const base = { host: { face: 'cli' }, folders: { profile: folder }, env: {} } as unknown as CoreBase;
    const { deedsOf } = composeDeeds(base);
    const told = doDeed({ do: 'notify' }, 1, textValue('x'), false, deedsOf(action));
    await expect(told).rejects.toMatchObject({ code: 'step/only-in-app' });
  });
});

describe('what the person agreed to once', () => {
  const action: UsedAction = {
    ...{ id: 'diary', name: { en: 'Diary', 'zh-CN': '日记' }, instruction: 'Diary', output: 'show', diff: false },
    ...{ sampling: null, maxTokens: null, steps: [{ do: 'append-file', file: 'a.md' }] },
  };

  it('holds for that action and file alone, also at the next start, and ends when it is taken back', () => {
    const path = join(folder, 'grants.json');
    new Grants(path, () => 5).give(action, 'a.md');
    const again = new Grants(path);
    expect(again.has(action, 'a.md')).toBe(true);
    expect(again.has(action, 'b.md')).toBe(false);
    expect(again.has({ ...action, id: 'other' }, 'a.md')).toBe(false);
    again.takeBack(again.state.value.list[0]?.id ?? '');
    expect(again.state.value.list).toEqual([]);
    expect(new Grants(path).has(action, 'a.md')).toBe(false);
  });

  it('is a file or notifications, and neither for the other', () => {
    const path = join(folder, 'grants.json');
    const grants = new Grants(path);
    grants.give(action, null);
    expect([grants.has(action, null), grants.has(action, 'a.md')]).toEqual([true, false]);
    grants.give(action, 'a.md');
    const again = new Grants(path);
    expect([again.has(action, null), again.has(action, 'a.md')]).toEqual([true, true]);
    again.takeBack(again.state.value.list.find(({ file }) => file === null)?.id ?? '');
    expect([again.has(action, null), again.has(action, 'a.md')]).toEqual([false, true]);
  });

  it('is asked about again once the action does something else', () => {
    const grants = new Grants(join(folder, 'grants.json'));
    grants.give(action, 'a.md');
    const changed = { ...action, steps: [{ do: 'reverse' } as const, ...(action.steps ?? [])] };
    expect(grants.has(changed, 'a.md')).toBe(false);
  });

  it('is nothing where its file is damaged, or says what nobody gave', () => {
    const path = join(folder, 'grants.json');
    for (const text of ['', '{', '{"grants":2,"list":[]}', '{"grants":1,"list":[{"id":"x","file":"a.md"}]}']) {
      writeFileSync(path, text);
      expect(new Grants(path).state.value.list).toEqual([]);
    }
  });
});
