import { describe, expect, it } from 'vitest';
import { neededValues } from '../../../contract/error-values.ts';
import { AppError, type ErrorCode, errorCodes } from '../../../contract/errors.ts';
import { resources } from '../../../locales/index.ts';
import { createTranslator, sayError } from '../../../locales/translator.ts';

type Sentences = Readonly<Record<string, Readonly<Record<string, string>>>>;

const english: Sentences = resources.en.errors;

/** Names in a sentence that a value is put in for. */
function namesIn(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? ''))].sort();
}

/** Each sentence that an error of a code can have: its own, and those for a context. */
function sentencesOf(code: ErrorCode): readonly { readonly context: string | null; readonly sentence: string }[] {
  const [domain = '', name = ''] = code.split('/');
  return Object.entries(english[domain] ?? {})
    .filter(([key]) => key === name || key.startsWith(`${name}_`))
    .map(([key, sentence]) => ({ context: key === name ? null : key.slice(name.length + 1), sentence }));
}

const every = errorCodes.flatMap((code) => sentencesOf(code).map((one) => ({ code, ...one })));

describe('the sentence of an error', () => {
  it.each(['en', 'zh-CN'] as const)('shows no name of a variable, whatever value an error lacks (%s)', (language) => {
    const translator = createTranslator(language);
    const wrong: string[] = [];
    for (const { code, context, sentence } of every)
      for (const lacking of [...namesIn(sentence).map((name) => [name]), namesIn(sentence)]) {
        const given = namesIn(sentence).filter((name) => !lacking.includes(name));
        const values = Object.fromEntries(given.map((name) => [name, 7]));
        const error = { code, message: '', values: { ...values, ...(context === null ? {} : { context }) } };
        const said = sayError(translator, error);
        if (/\{\{|undefined|NaN|\$t\(/.test(said)) wrong.push(`${code} ${context} without ${lacking}: ${said}`);
      }
    expect(wrong).toEqual([]);
    expect(every.length).toBeGreaterThan(errorCodes.length);
  });

  it('needs what the type asks of who makes the error, and nothing else', () => {
    const lists: Readonly<Record<string, readonly string[]>> = neededValues;
    for (const code of errorCodes) {
      const own = sentencesOf(code).find(({ context }) => context === null)?.sentence ?? '';
      // The name of a file is added where files have names.
      const names = namesIn(own).filter((name) => !(/^(file|picture)\//.test(code) && name === 'file'));
      expect([...(lists[code] ?? [])].sort(), code).toEqual(names);
    }
  });

  it('cannot be made without its values, which the compiler tells', () => {
    // The type of what it is made with says that there are values, and which; one less does not compile.
    const values: ConstructorParameters<typeof AppError<'server/moved'>>[2]['values'] = { host: 'h', other: 'o' };
    const error = new AppError('server/moved', 'sent on', { values });
    expect(error.detail.values).toEqual({ host: 'h', other: 'o' });
    expect(sayError(createTranslator('en'), { code: error.code, message: '', values: { host: 'h' } })).toContain('…');
  });

  it('says that something is kept where something is, and only there', () => {
    const translator = createTranslator('en');
    const error = { code: 'server/cut', message: '', values: { host: 'h' } } as const;
    expect(sayError(translator, error)).toBe('h broke off its answer.');
    expect(sayError(translator, { ...error, values: { host: 'h', keepsText: 1, says: 'Bye.' } })).toBe(
      'h broke off its answer. What had arrived is kept. The server says: “Bye.”',
    );
    for (const { code, sentence } of every)
      if (code !== 'download/interrupted') expect(sentence).not.toMatch(/is kept\./);
  });

  it('tells how long to wait in words, in both languages', () => {
    const error = { code: 'server/busy', message: '', values: { host: 'h', context: 'wait' } } as const;
    const said = (language: 'en' | 'zh-CN', waitMs: number) =>
      sayError(createTranslator(language), { ...error, values: { ...error.values, waitMs } });
    expect(said('en', 30_000)).toContain('Try again in 30 s.');
    expect(said('en', 1200)).toContain('in 2 s.');
    expect(said('zh-CN', 432_000)).toContain('7 分钟后再试');
    expect(said('en', 80_000_000)).toContain('in 22.2 h.');
  });
});
