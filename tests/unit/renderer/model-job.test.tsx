import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { ModelRow } from '../../../contract/model.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { BackendProvider, createBackend } from '../../../renderer/app/backend.ts';
import { ModelAction } from '../../../renderer/window/model-action.tsx';
import { ModelRows } from '../../../renderer/window/model-rows.tsx';
import { runningJob as job } from '../../fakes/job.ts';

const backend = createBackend({ send: () => {}, onMessage: () => () => {} });
const model = { id: 'm', name: 'M', kind: 'file', fileName: 'M', bytes: null, fastCopy: null, fit: null } as ModelRow;
const copy = { kind: 'fast-copy', purpose: 'chat', modelId: 'm' } as const;
const checksum = { code: 'download/checksum', message: '' } as const;

function render(element: React.ReactNode, language: 'en' | 'zh-CN' = 'en'): string {
  return renderToStaticMarkup(
    <I18nextProvider i18n={createTranslator(language)}>
      <BackendProvider value={backend}>{element}</BackendProvider>
    </I18nextProvider>,
  );
}

describe('a model that is on its way', () => {
  it.each([
    ['a download', {}, '1.0 GB of 2.0 GB · 10 s left', ['Pause', 'Cancel']],
    [
      'a paused one',
      { status: 'paused', allows: ['resume', 'cancel'] },
      'Paused at 1.0 GB of 2.0 GB',
      ['Go on', 'Cancel'],
    ],
    ['one that is checked', { stage: 'checking', allows: ['cancel'] }, 'Checking the file · 10 s left', ['Cancel']],
    ['a faster copy', { task: copy, allows: ['cancel'] }, 'Faster copy: 1.0 GB of 2.0 GB · 10 s left', ['Cancel']],
    [
      'a failed one',
      { status: 'failed', error: checksum, allows: ['resume', 'cancel'] },
      'not the right one',
      ['Try again', 'Cancel'],
    ],
  ] as const)('says what is done with %s, and offers what can be done', (_, more, says, buttons) => {
    const html = render(<ModelAction model={model} job={{ ...job, ...more }} onError={() => {}} />);
    expect(html).toContain(says);
    expect([...html.matchAll(/<button[^>]*>([^<]*)</g)].map(([, name]) => name)).toEqual(buttons);
  });

  it('is listed with its languages by name, whatever its file calls a language', () => {
    const told = { ...model, kind: 'catalogue', licence: 'MIT', languages: ['zh', 'en', 'many languages'] };
    const rows = [told as ModelRow];
    const table = <ModelRows models={rows} all={rows} jobs={[]} recommended={null} onError={() => {}} />;
    expect(render(table)).toContain('Chinese, English, many languages');
    expect(render(table, 'zh-CN')).toContain('中文、英语、many languages');
  });
});
