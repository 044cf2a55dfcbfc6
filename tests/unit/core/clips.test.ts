import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClipboardFormatByName, PortAnswer } from '../../../contract/desktop.ts';
import { AppError } from '../../../contract/errors.ts';
import { defaultSettings, loweredBy, type Settings } from '../../../contract/settings.ts';
import { ClipKey } from '../../../core/clips/clip-key.ts';
import { Clips } from '../../../core/clips/clips.ts';

const canary = 'CANARY-4711-灯塔';
const dayMs = 24 * 3600_000;

/** A key store, a clipboard and a clock that a case turns. */
class Around {
  settings: Settings = { ...defaultSettings, clipboardHistory: true };
  now = 1_700_000_000_000;
  keyStore: 'key-store' | 'until-quit' = 'key-store';
  readonly secrets = new Map<string, string>();
  isLocked = false;
  copied: PortAnswer<readonly ClipboardFormatByName[]> = { status: 'nothing', cause: null };
  readonly offered: ClipboardFormatByName[][] = [];
  saves = 0;
  tell: (() => void) | null = null;

  host = {
    keepSecret: async (name: string, secret: string) => {
      this.secrets.set(name, secret);
      return this.keyStore;
    },
    readSecret: async (name: string) => (this.isLocked ? null : (this.secrets.get(name) ?? null)),
    forgetSecret: async (name: string) => void this.secrets.delete(name),
  };

  desktop = {
    watchClipboard: (signal: AbortSignal) => this.#watch(signal),
    saveClipboard: async () => {
      this.saves += 1;
      return this.copied;
    },
    offerClipboard: async (formats: readonly ClipboardFormatByName[]) => {
      this.offered.push([...formats]);
      return { status: 'available', value: null } as const;
    },
  };

  /** Copies, and waits until that was looked at. */
  async copy(formats: readonly ClipboardFormatByName[] | AppError): Promise<void> {
    this.copied =
      formats instanceof AppError
        ? { status: 'denied', cause: { code: formats.code, message: '' } }
        : { status: 'available', value: formats };
    const before = this.saves;
    await vi.waitFor(() => expect(this.tell).not.toBeNull());
    this.tell?.();
    await vi.waitFor(() => expect(this.saves).toBeGreaterThan(before));
    await new Promise((resolve) => setImmediate(resolve));
  }

  async *#watch(signal: AbortSignal): AsyncGenerator<{ readonly type: 'copied' }> {
    while (!signal.aborted) {
      await new Promise<void>((resolve) => {
        this.tell = resolve;
        signal.addEventListener('abort', () => resolve());
      });
      this.tell = null;
      if (!signal.aborted) yield { type: 'copied' };
    }
  }
}

const text = (words: string): readonly ClipboardFormatByName[] => [format('UTF8_STRING', Buffer.from(words))];

function format(target: string, data: Buffer, type = target): ClipboardFormatByName {
  return { target, type, units: 8, data: data.toString('base64') };
}

let profile: string;
let folder: string;
let around: Around;
let clips: Clips;

function open(): Clips {
  const { host, desktop } = around;
  const log = { write: () => {} };
  return new Clips({
    ...{ folder, desktop, log, key: new ClipKey(host) },
    settings: () => around.settings,
    now: () => around.now,
  });
}

const files = () => (readdirSync(profile).includes('clips') ? readdirSync(folder) : []);
const listed = (query = '') => clips.list(query, 100).map(({ preview }) => preview);

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'beckon-clips-'));
  folder = join(profile, 'clips');
  around = new Around();
  clips = open();
});

afterEach(() => {
  clips.dispose();
  rmSync(profile, { recursive: true, force: true });
});

describe('the history of the clipboard', () => {
  it('keeps nothing unless a person turned it on, which main asks about', async () => {
    around.settings = defaultSettings;
    await clips.follow();
    expect(clips.state.value).toMatchObject({ status: 'off', count: 0 });
    expect(around.tell).toBeNull();
    expect([around.secrets.size, files()]).toEqual([0, []]);
    expect(loweredBy({ clipboardHistory: true }, defaultSettings)).toEqual(['clipboardHistory']);
    expect(loweredBy({ clipboardHistory: false }, around.settings)).toEqual([]);
  });

  it('gives every format back byte for byte, the newest first, after a restart too', async () => {
    await clips.follow();
    const picture = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) & 0xff));
    const whole = [format('image/png', picture), format('text/html', Buffer.from('<b>x</b>')), ...text('x')];
    await around.copy(text('first'));
    around.now += 1000;
    await around.copy(whole);
    clips.dispose();
    clips = open();
    await clips.follow();
    expect(listed()).toEqual(['x', 'first']);
    await clips.putIn(clips.list('', 1)[0]?.id ?? '');
    expect(around.offered).toEqual([whole]);
  });

  it('can be read by nobody without the key: what was copied stands in no file of the profile', async () => {
    await clips.follow();
    await around.copy([...text(canary), format('text/html', Buffer.from(`<p>${canary}</p>`))]);
    await around.copy([format('text/uri-list', Buffer.from(`file:///srv/${canary}.txt\r\n`))]);
    expect(files().length).toBe(4);
    for (const name of files()) {
      const bytes = readFileSync(join(folder, name));
      for (const form of [canary, Buffer.from(canary).toString('base64'), encodeURIComponent(canary), 'UTF8_STRING'])
        expect(bytes.includes(form), name).toBe(false);
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
  });

  it('keeps nothing where the system has no key store that holds a key, and leaves none elsewhere', async () => {
    around.keyStore = 'until-quit';
    await clips.follow();
    expect(clips.state.value.status).toBe('no-key-store');
    expect([around.secrets.size, around.tell, files()]).toEqual([0, null, []]);
    around.keyStore = 'key-store';
    await clips.again();
    expect(clips.state.value.status).toBe('on');
  });

  it('keeps nothing while the key store does not give the key, and has all of it once it does', async () => {
    await clips.follow();
    await around.copy(text('before'));
    clips.dispose();
    around.isLocked = true;
    around.tell = null;
    clips = open();
    await clips.follow();
    expect(clips.state.value).toMatchObject({ status: 'locked', count: 0 });
    expect(around.tell).toBeNull();
    around.isLocked = false;
    await clips.again();
    expect(listed()).toEqual(['before']);
  });

  it('says that it is locked where the key is another one, and begins anew once that is thrown away', async () => {
    await clips.follow();
    await around.copy(text('before'));
    clips.dispose();
    around.secrets.set('clips', Buffer.alloc(32, 7).toString('base64'));
    clips = open();
    await clips.follow();
    expect(clips.state.value.status).toBe('locked');
    expect(files().length).toBe(2);
    await clips.clear();
    expect(clips.state.value).toMatchObject({ status: 'on', count: 0 });
    await around.copy(text('after'));
    expect(listed()).toEqual(['after']);
  });

  it('leaves out what is marked as a secret and what is too large, and says so', async () => {
    await clips.follow();
    await around.copy(new AppError('capture/clipboard-secret', ''));
    expect(clips.state.value).toMatchObject({ count: 0, leftOut: 'secret' });
    await around.copy(new AppError('capture/too-large', ''));
    expect(clips.state.value).toMatchObject({ count: 0, leftOut: 'too-large' });
    await around.copy(text('kept'));
    expect(clips.state.value).toMatchObject({ count: 1, leftOut: null });
    expect(files().length).toBe(2);
  });

  it('has what is copied again once, as the newest', async () => {
    await clips.follow();
    for (const words of ['one', 'two', 'one']) {
      around.now += 1000;
      await around.copy(text(words));
    }
    expect(listed()).toEqual(['one', 'two']);
    expect(files().length).toBe(4);
  });

  it('keeps as many as it is to, and none longer than it is to', async () => {
    around.settings = { ...around.settings, clipboardItems: 3, clipboardDays: 2 };
    await clips.follow();
    for (const words of ['1', '2', '3', '4']) {
      await around.copy(text(words));
      around.now += dayMs / 2;
    }
    expect(listed()).toEqual(['4', '3', '2']);
    around.now += dayMs / 2 + 1;
    expect(listed()).toEqual(['4', '3']);
    expect(files().length).toBe(4);
    around.settings = { ...around.settings, clipboardItems: 1 };
    await clips.follow();
    expect(listed()).toEqual(['4']);
  });

  it('finds by every word, whatever its case, width or language', async () => {
    await clips.follow();
    await around.copy(text('The Lighthouse of 1892'));
    await around.copy(text('灯塔建于一八九二年'));
    await around.copy([format('text/uri-list', Buffer.from('file:///a/R%C3%A9sum%C3%A9.pdf\r\nfile:///a/b.txt\r\n'))]);
    expect(listed('LIGHTHOUSE 1892')).toEqual(['The Lighthouse of 1892']);
    expect(listed('灯塔')).toEqual(['灯塔建于一八九二年']);
    expect(listed('resume')).toEqual(['Résumé.pdf, b.txt']);
    expect(listed('lighthouse 1893')).toEqual([]);
  });

  it('is gone with its key once it is turned off, and on its own day where the settings were lost', async () => {
    await clips.follow();
    await around.copy(text('kept'));
    const { settings } = around;
    around.settings = defaultSettings;
    clips.dispose();
    clips = open();
    await clips.follow();
    expect(files().length).toBe(2);
    around.settings = settings;
    await clips.follow();
    expect(listed()).toEqual(['kept']);
    around.settings = defaultSettings;
    await clips.follow();
    expect([files(), around.secrets.size, clips.state.value.status]).toEqual([[], 0, 'off']);
  });

  it('throws a damaged one away and keeps the others', async () => {
    await clips.follow();
    await around.copy(text('one'));
    await around.copy(text('two'));
    const [first = ''] = files().filter((name) => name.includes('about'));
    writeFileSync(join(folder, first), 'x');
    clips.dispose();
    clips = open();
    await clips.follow();
    expect(listed().length).toBe(1);
    expect(files().length).toBe(2);
    await expect(clips.putIn('none')).rejects.toMatchObject({ code: 'clips/gone' });
  });

  it('says so where nobody tells what is copied', async () => {
    const watchClipboard = () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new AppError('desktop/unsupported', '')) }),
    });
    around.desktop = { ...around.desktop, watchClipboard: watchClipboard as never };
    clips = open();
    await clips.follow();
    await vi.waitFor(() => expect(clips.state.value.status).toBe('unsupported'));
  });
});
