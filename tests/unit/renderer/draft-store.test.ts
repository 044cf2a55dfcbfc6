import { beforeEach, describe, expect, it } from 'vitest';
import { DraftStore } from '../../../renderer/window/actions/draft-store.ts';
import { isDirty } from '../../../renderer/window/actions/drafts.ts';
import { writeJson } from '../../../text/write-json.ts';

const textOf = (note: string) => writeJson({ id: 'x', note });

/** A folder of actions that answers as core does. */
class Folder {
  readonly files = new Map<string, string>();
  readonly asked: string[] = [];

  readonly client = {
    request: async (name: string, input: Readonly<Record<string, unknown>>) => {
      this.asked.push(name);
      const value = this.#answer(name, input);
      return value === null ? { ok: false, error: { code: 'action/not-found', message: '' } } : { ok: true, value };
    },
  } as unknown as ConstructorParameters<typeof DraftStore>[0];

  #opened(file: string) {
    const text = this.files.get(file);
    return text === undefined ? null : { file, text, hash: `hash of ${text}` };
  }

  #answer(name: string, { file, id, text, basis }: Readonly<Record<string, unknown>>): unknown {
    if (name === 'atom.open') return this.#opened(`${String(id)}.json`);
    if (name === 'atom.openFile') return this.#opened(String(file));
    if (name !== 'atom.save') return {};
    const there = file === null ? null : this.#opened(String(file));
    if (file !== null && basis !== null && there?.hash !== basis) return { status: 'changed', there };
    const to = file === null ? 'x.json' : String(file);
    this.files.set(to, String(text));
    return { status: 'saved', file: to, hash: `hash of ${String(text)}` };
  }
}

describe('the editor and the folder of actions', () => {
  let folder: Folder;
  let store: DraftStore;
  let kept: string | null;
  const inPage = {
    read: () => kept,
    write: (text: string) => {
      kept = text;
    },
  };
  const draft = () => store.getSnapshot().drafts.get(store.getSnapshot().at ?? '');
  const type = (text: string) => store.edit({ type: 'write', text, what: null, at: 0 });

  beforeEach(() => {
    folder = new Folder();
    kept = null;
    store = new DraftStore(folder.client, inPage);
  });

  it('know a new action by its id once it is saved, in its place in the editor', async () => {
    store.begin(textOf('new'));
    expect(await store.save()).toBe(true);
    expect(store.getSnapshot().at).toBe('id:x');
    expect([...store.getSnapshot().drafts.keys()]).toEqual(['id:x']);
    expect(draft()?.file).toBe('x.json');
  });

  it('lose nothing that was typed when another action is looked at, or the window is come back to', async () => {
    folder.files.set('x.json', textOf('old'));
    await store.open('id:x');
    type(textOf('mine'));
    store.begin(textOf('other'));
    await store.open('id:x');
    folder.files.set('x.json', textOf('theirs'));
    await store.refresh();
    expect(draft()?.history.now).toBe(textOf('mine'));
  });

  it('write nothing over what somebody saved meanwhile, and do as the person says then', async () => {
    folder.files.set('x.json', textOf('old'));
    await store.open('id:x');
    type(textOf('mine'));
    folder.files.set('x.json', textOf('theirs'));
    expect(await store.save()).toBe(false);
    expect(folder.files.get('x.json')).toBe(textOf('theirs'));
    expect(store.getSnapshot().conflict?.there?.text).toBe(textOf('theirs'));
    store.dismiss();
    expect(await store.save()).toBe(false);
    store.takeTheirs();
    expect(draft()?.history.now).toBe(textOf('theirs'));
    expect(isDirty(draft() ?? never())).toBe(false);
    store.edit({ type: 'undo' });
    expect(draft()?.history.now).toBe(textOf('mine'));
    expect(await store.save()).toBe(true);
    expect(folder.files.get('x.json')).toBe(textOf('mine'));
  });

  it('save again what was deleted meanwhile only when that is wanted', async () => {
    folder.files.set('x.json', textOf('old'));
    await store.open('id:x');
    type(textOf('mine'));
    folder.files.clear();
    expect(await store.save()).toBe(false);
    expect(store.getSnapshot().conflict).toEqual({ key: 'id:x', there: null });
    expect(await store.save(true)).toBe(true);
    expect(folder.files.get('x.json')).toBe(textOf('mine'));
  });

  // A window that is closed is gone with all that its page holds.
  it('have what was not saved when the window is opened again, and nothing that was', async () => {
    folder.files.set('x.json', textOf('old'));
    await store.open('id:x');
    store.begin(textOf('begun'));
    type(textOf('begun and typed'));
    store.begin(textOf('never touched'));
    await store.open('id:x');
    type(textOf('mine'));
    const again = new DraftStore(folder.client, inPage);
    expect([...again.getSnapshot().drafts.keys()]).toEqual(['id:x', 'new:1']);
    await again.open('id:x');
    const mine = again.getSnapshot().drafts.get('id:x') ?? never();
    expect(mine.history.now).toBe(textOf('mine'));
    folder.files.set('x.json', textOf('theirs'));
    expect(await again.save()).toBe(false);
    expect(await again.save(true)).toBe(true);
    expect([...new DraftStore(folder.client, inPage).getSnapshot().drafts.keys()]).toEqual(['new:1']);
    again.begin(textOf('another'));
    expect(again.getSnapshot().at).toBe('new:2');
  });

  it.each(['', '{', '{}', '[7, null, {"key": 3}]', '[{"key": "id:x"}]'])(
    'begin with nothing where %j is kept',
    (text) => {
      kept = text;
      expect(new DraftStore(folder.client, inPage).getSnapshot().drafts.size).toBe(0);
    },
  );

  it('say why something cannot be opened', async () => {
    await store.open('id:gone');
    expect(store.getSnapshot()).toMatchObject({ at: 'id:gone', error: { code: 'action/not-found' } });
  });
});

function never(): never {
  throw new Error('nothing is in the editor');
}
