import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../locales/translator.ts';
import { commands, findCommand, keysNow } from '../../../renderer/overlay/commands/commands.ts';
import type { KeyMoment } from '../../../renderer/overlay/commands/context.ts';
import { PlaceLine } from '../../../renderer/overlay/place-line.tsx';
import type { PutBackView } from '../../../renderer/overlay/use-put-back.ts';
import { keyMoment } from '../../support/command-context.ts';
import { runCommand } from '../../support/command-host.ts';

const ended = { answer: 'done', hasWords: true } as const;
const press = (key: string, more: object = {}) => ({
  key,
  code: key,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  getModifierState: () => false,
  ...more,
});
const meant = (moment: KeyMoment, ...key: Parameters<typeof press>) =>
  findCommand(press(...key) as never, 'linux', moment)?.id ?? null;

function shown(moment: Partial<KeyMoment>, isLeaving = false, language: 'en' | 'zh-CN' = 'en'): string {
  const choices = commands.filter(({ id }) => ['replace', 'replace-always', 'copy'].includes(id));
  const props = {
    moment: keyMoment({ ...ended, ...moment }),
    application: 'ReText',
    isLeaving,
    platform: 'linux',
    choices,
  };
  const html = renderToStaticMarkup(
    <I18nextProvider i18n={createTranslator(language)}>
      <PlaceLine {...props} onChoose={() => {}} />
    </I18nextProvider>,
  );
  return html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describe('where nobody has tried to put text back', () => {
  const untried = keyMoment({ ...ended, place: 'replace', asksFirst: true });
  const putBack = {
    putBack: { asksFirst: true, write: async () => {} } as unknown as PutBackView,
  };

  it('Enter is the word for this once, Ctrl+Shift+A the one for good, and Ctrl+C copies', () => {
    expect(meant(untried, 'Enter')).toBe('replace');
    expect(meant(untried, 'a', { ctrlKey: true, shiftKey: true })).toBe('replace-always');
    expect(meant(untried, 'c', { ctrlKey: true })).toBe('copy');
    const words: unknown[] = [];
    const write = async (...given: readonly unknown[]) => void words.push(given);
    for (const id of ['replace', 'replace-always', 'insert-below'])
      runCommand(id, { parts: { putBack: { ...putBack.putBack, write } as PutBackView } });
    expect(words).toEqual([
      ['replace', 'once'],
      ['replace', 'always'],
      ['insert-below', 'once'],
    ]);
  });

  it('the line asks, in both languages, and says nothing where it was tried', () => {
    const asks = { place: 'replace', asksFirst: true } as const;
    expect(shown(asks)).toMatch(/^Replace in ReText\? Not tried there before\. Replace once .*Always here .* Copy/);
    expect(shown(asks, false, 'zh-CN')).toMatch(
      /^在 ReText 里替换吗？ 还没有在那里试过。 替换这一次 .*以后都替换 .* 复制/,
    );
    expect(shown({ place: 'replace' })).toBe('');
    expect(shown({ ...asks, input: 'text' })).toBe('');
    expect(shown({ ...asks, hasRows: true })).toBe('');
  });

  it('"always" stands nowhere once it was said', () => {
    const tried = keyMoment({ ...ended, place: 'replace' });
    const always = commands.find(({ id }) => id === 'replace-always');
    expect(always?.when(tried)).toBe(false);
  });
});

describe('where nothing can be written', () => {
  const moment = keyMoment({ ...ended, place: 'copy' });

  it('Enter copies and goes, and the line says what is left to do before and after', () => {
    expect(meant(moment, 'Enter')).toBe('copy-and-go');
    expect(shown({ place: 'copy' })).toBe('Beckon does not write in ReText. Copy it, then paste it there.');
    expect(shown({ place: 'copy' }, true)).toBe('In the clipboard. Paste it there as you always do.');
  });

  it('Ctrl+C copies and stays', () => {
    const copy = commands.find(({ id }) => id === 'copy');
    expect(copy && keysNow(copy, moment)).toEqual(['Ctrl+C']);
  });
});

it('where a copy is offered the application is asked for it, for this once or for good', () => {
  expect(runCommand('look-once')).toEqual([['context.askForCopy', { always: false }]]);
  expect(runCommand('look-always')).toEqual([['context.askForCopy', { always: true }]]);
  const offered = commands.filter(({ id, when }) => id.startsWith('look-') && when(keyMoment({ offersCopy: true })));
  expect(offered.map(({ inEmptyBox }) => inEmptyBox)).toEqual(['first', 'first']);
});
