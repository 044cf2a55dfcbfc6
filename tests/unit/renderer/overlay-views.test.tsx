import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { ContextChip } from '../../../contract/context.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Job } from '../../../contract/job.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { type Backend, BackendProvider, createBackend } from '../../../renderer/app/backend.ts';
import { KeysPanel } from '../../../renderer/overlay/keys-panel.tsx';
import { OverlayApp } from '../../../renderer/overlay/overlay-app.tsx';

const shell = {
  ...({ platform: 'linux', language: 'en', theme: 'light', refusedActionHotkeys: [], core: 'running' } as const),
  ...({ coreError: null, keyStore: 'available', settingsError: null, firstRun: false } as const),
  hotkey: { accelerator: 'Control+Shift+Space', registered: true, provedAt: null, error: null, proposals: [] },
  overlay: { visible: true, pinned: false, shownCount: 1, fresh: true, maxHeight: 600 },
};
const chip: ContextChip = {
  ...({
    id: 's',
    kind: 'selection',
    on: true,
    status: 'ready',
    content: 'text',
    application: null,
    title: null,
  } as const),
  ...{ words: 58, characters: 300, preview: 'The harbour café', editable: false, fresh: true, repeated: false },
  ...{ capturedAt: null, cause: null },
};
const arriving = {
  ...({ id: 'j', task: { kind: 'model-download', modelId: 'm', purpose: 'chat' }, title: 'Qwen2.5 1.5B' } as const),
  ...({
    stage: 'working',
    unit: 'byte',
    amount: 66,
    total: 100,
    rate: 4,
    leftMs: 8000,
    source: 'example.com',
  } as const),
  ...({ allows: ['pause'], status: 'running', error: null } as const),
} as unknown as Job;
const failure = (code: AppErrorShape['code']): AppErrorShape => ({ code, message: '', action: 'open-settings' });

/** What the overlay shows where the rest of Beckon tells this. */
function shown(states: Readonly<Record<string, unknown>>, language: 'en' | 'zh-CN' = 'en'): string {
  const backend = createBackend({ send: () => {}, onMessage: () => () => {} });
  const mirrors = Object.fromEntries(
    Object.keys(backend.states).map((name) => [name, { subscribe: () => () => {}, getSnapshot: () => states[name] }]),
  );
  return renderToStaticMarkup(
    <I18nextProvider i18n={createTranslator(language)}>
      <BackendProvider value={{ ...backend, states: mirrors as unknown as Backend['states'] }}>
        <OverlayApp initialText="" sentAlready={false} />
      </BackendProvider>
    </I18nextProvider>,
  );
}

const jobs = (...all: readonly Job[]) => ({ jobs: all, ended: [] });

describe('the overlay', () => {
  it('shows how far a model has come in the line of the footer, and says it', () => {
    const html = shown({ shell, jobs: jobs(arriving) });
    expect(html).toMatch(/class="foot-line"[^>]*aria-valuenow="66"/);
    expect(html).toContain('Qwen2.5 1.5B arrives · 66 % · 8 s left');
    expect(shown({ shell })).not.toContain('foot-line');
  });

  // The figure of what arrives fell back from 63 to 12 % in the middle, with no word about why.
  it('says that a model which has arrived is checked, since that is counted anew', () => {
    const checked = { ...arriving, amount: 12, stage: 'checking' } as unknown as Job;
    expect(shown({ shell, jobs: jobs(checked) })).toContain('Qwen2.5 1.5B is checked · 12 % · 8 s left');
    expect(shown({ shell, jobs: jobs(checked) }, 'zh-CN')).toContain('Qwen2.5 1.5B 正在校验 · 12 %');
  });

  it('stands the sample of the first minute as a chip, with what it says, and three ways to go on', () => {
    const html = shown({ shell, context: { capturing: false, chips: [{ ...chip, sample: true }] } });
    for (const words of ['Sample', 'The harbour café', 'Select text, then press the keys', 'Later, anywhere'])
      expect(html).toContain(words);
    expect(shown({ shell, context: { capturing: false, chips: [chip] } })).not.toContain('Later, anywhere');
  });

  // Three yellow boxes pushed the list out of the window.
  it('tells the most urgent notice in one line, how many more there are, and can put it away', () => {
    const failed = { ...arriving, status: 'failed', error: failure('offline/locked') } as unknown as Job;
    const hotkey = { ...shell.hotkey, error: failure('hotkey/refused') };
    const html = shown({ shell: { ...shell, hotkey }, jobs: jobs(failed) });
    expect(html.match(/notice-strip/g)).toHaveLength(1);
    expect(html).toContain('and 1 more');
    expect(html).toContain('aria-label="Put away"');
  });

  it('shows a file that cannot be read as a chip with why, and no box', () => {
    const bad = { ...chip, id: 'f', kind: 'file', on: false, status: 'failed', title: 'scan.doc', words: 0 } as const;
    const html = shown({
      shell,
      context: { capturing: false, chips: [{ ...bad, cause: { code: 'file/unreadable', message: '' } }] },
    });
    expect(html).toMatch(/class="chip file bad"/);
    expect(html).toContain('cannot be read');
    expect(html).not.toContain('class="note');
  });

  it('says on its first page that the keys were seen to work, and nothing that is not known yet', () => {
    const first = { ...shell, firstRun: true };
    const unknown = { ...arriving, amount: 0, rate: 0, leftMs: null, source: null } as unknown as Job;
    const html = shown({ shell: first, jobs: jobs(unknown) });
    expect(html).toContain('Beckon answers anywhere. Press:');
    expect(html).not.toContain('It works');
    expect(html).not.toContain('…');
    const proved = { ...first, hotkey: { ...first.hotkey, provedAt: 1 } };
    expect(shown({ shell: proved })).toContain('It works');
    expect(shown({ shell: proved }, 'zh-CN')).toContain('好用');
  });

  it('has a pill for the model that opens the list of models', () => {
    expect(shown({ shell })).toMatch(/<button[^>]*class="engine"[^>]*aria-expanded="false"/);
  });

  it('lists every key with a cap for each, in groups', () => {
    const html = renderToStaticMarkup(
      <I18nextProvider i18n={createTranslator('en')}>
        <KeysPanel platform="linux" />
      </I18nextProvider>,
    );
    expect(html.match(/<h2>/g)).toHaveLength(4);
    expect(html).toContain('<kbd>Ctrl</kbd><kbd>Shift</kbd><kbd>R</kbd>');
  });
});
