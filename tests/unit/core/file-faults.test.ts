import { describe, expect, it } from 'vitest';
import { AppError, type AppErrorShape } from '../../../contract/errors.ts';
import { judgeAtomFile, readAtomFile } from '../../../core/atoms/read-atom-file.ts';
import { parseRules } from '../../../core/rules/rule-file.ts';
import { createTranslator, sayError } from '../../../locales/translator.ts';

const chain = {
  ...{ atom: 2, id: 'links', name: { en: 'Links', 'zh-CN': '链接' }, icon: 'link' },
  ...{ input: 'selection', output: 'show', steps: [{ do: 'clean', what: ['spaces'] }] },
};
const json = (change: object) => JSON.stringify({ ...chain, ...change });

/** What is done wrong, and what a Chinese page says of it between the line and the end of the sentence. */
const wrong: readonly (readonly [string, string, string])[] = [
  ['no JSON', '{\n  "atom": 2,\n  oops', '从这里起不是 JSON'],
  ['a name twice', '{ "atom": 2, "id": "a", "id": "b" }', '“id”出现了两次'],
  ['a field too few', json({ name: { en: 'Links' } }), '缺少“zh-CN”'],
  ['a choice too few', json({ steps: [{ do: 'case' }] }), '第 1 步：缺少“to”'],
  ['a field too many', json({ steps: [{ do: 'reverse', twice: true }] }), '第 1 步：这里没有“twice”这一项'],
  ['a choice that there is not', json({ output: 'shout' }), '“output”只能是其中之一：replace, show'],
  ['a kind that it is not', json({ steps: 'none' }), '“steps”应当是列表'],
  ['nothing in a list', json({ steps: [] }), '“steps”是空的、太短或太小'],
  ['an id of large letters', json({ id: 'A b' }), '“id”只能用小写字母、数字和连字符'],
  ['no step at all', json({ steps: [7] }), '第 1 步：这里的内容不能用'],
  [
    'a step that gets what it does not take',
    json({ steps: [{ do: 'split', at: 'lines' }, { do: 'open-link' }] }),
    '第 2 步：“打开链接”需要文字，传来的是列表',
  ],
];

function thrownBy(read: () => unknown): AppErrorShape {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message, ...error.detail };
  }
  throw new Error('it was read');
}

describe('what is wrong in a file that a person wrote', () => {
  it.each(wrong)('is said in words of the page’s language: %s', (_, text, said) => {
    const error = thrownBy(() => readAtomFile(text, 'links.json'));
    expect(sayError(createTranslator('zh-CN'), error)).toContain(`，${said}。请改正文件`);
    // A path of the schema is for programs.
    expect(sayError(createTranslator('en'), error)).not.toMatch(/steps\.\d|Invalid|expected|received|undefined/);
  });

  it('is said of rules in the same words', () => {
    const said = (text: string) =>
      sayError(
        createTranslator('zh-CN'),
        thrownBy(() => parseRules(text)),
      );
    expect(said('{ "rules": 1, "list": 5 }')).toContain('“list”应当是列表');
    expect(said('{ "rules": 1, "rules": 1 }')).toContain('“rules”出现了两次');
    expect(said('{')).toContain('从这里起不是 JSON');
  });

  it('stays readable for a program, and from a version that did not tell its cause', () => {
    const read = judgeAtomFile(json({ steps: [] }));
    expect('faults' in read && read.faults[0].reason).toMatch(/^steps: Too small/);
    const old = {
      code: 'action/broken-file',
      message: '',
      values: { file: 'a', line: 1, reason: 'atom: wrong' },
    } as const;
    expect(sayError(createTranslator('zh-CN'), old)).toContain('第 1 行，atom: wrong');
  });
});
