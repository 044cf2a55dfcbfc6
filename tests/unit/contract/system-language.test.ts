import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOfTag, systemLanguage } from '../../../contract/system-language.ts';
import { checkout } from '../../support/beckon-app.ts';

const cases: readonly (readonly [Record<string, string>, 'en' | 'zh-CN'])[] = [
  [{}, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LC_MESSAGES: 'en_GB.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
  [{ LC_ALL: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-CN'],
  [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
];

describe('the system’s language', () => {
  it('is that of the first locale variable that says something: an empty one made a Chinese system speak English', () => {
    for (const [env, language] of cases) expect({ env, language: systemLanguage(env) }).toEqual({ env, language });
  });

  it('is the same for the scripts, which may not load it', () => {
    const code = `import { sentence } from '${join(checkout, 'scripts', 'lib', 'words.mjs')}'; console.log(sentence('model/none'));`;
    for (const [env, language] of cases) {
      const clean = { PATH: process.env['PATH'], ...env };
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        env: clean,
        encoding: 'utf8',
      });
      expect({ env, chinese: /\p{Script=Han}/u.test(stdout) }).toEqual({ env, chinese: language === 'zh-CN' });
    }
  });

  it('is told by a tag whatever its writing, and Zhuang (zha) is not Chinese', () => {
    for (const tag of ['zh', 'zh-CN', 'zh_Hant_TW', 'ZH-cn', 'zh.UTF-8']) expect(languageOfTag(tag)).toBe('zh-CN');
    for (const tag of ['', 'en', 'zha', 'C', 'POSIX']) expect(languageOfTag(tag)).toBe('en');
  });
});
