import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { graphicsCardLine } from '../../../core/doctor/line.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { CardNote } from '../../../renderer/window/card-section.tsx';

function render(language: 'en' | 'zh-CN', line: Parameters<typeof CardNote>[0]['line']): string {
  return renderToStaticMarkup(
    <I18nextProvider i18n={createTranslator(language)}>
      <CardNote line={line} onOpenModels={() => {}} />
    </I18nextProvider>,
  );
}

describe('the graphics card in the settings', () => {
  it.each([
    ['en', 'NVIDIA graphics card found', 'Open Models'],
    ['zh-CN', '发现 NVIDIA 显卡', '打开“模型”'],
  ] as const)('is named in %s with one next step, in the words of beckon doctor', (language, name, step) => {
    const html = render(language, graphicsCardLine({ status: 'found', vendor: 'NVIDIA' }));
    expect(html).toContain(name);
    expect(html).toContain('llama-server');
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).toContain(step);
  });

  it('is not spoken of before it was looked for, where there is none, or where that is not known', () => {
    const lines = [null, ...(['none', 'unknown'] as const).map((status) => graphicsCardLine({ status, vendor: null }))];
    expect(lines.map((line) => render('en', line))).toEqual(['', '', '']);
  });
});
