import { describe, expect, it } from 'vitest';
import { createCliWords } from '../../../cli/words.ts';

const refused = (code: 'server/wrong-key' | 'server/key-wanted' | 'server/key-lost' | 'server/busy', says?: string) =>
  ({ code, message: '', values: { host: '127.0.0.1:18080', ...(says === undefined ? {} : { says }) } }) as const;

describe('the words of a terminal', () => {
  it.each(['en', 'zh'])(
    'name the variable that a key is taken from, since there is no other place for one (%s)',
    (lang) => {
      const words = createCliWords({ BECKON_PROFILE: '/none', LANG: `${lang}_XX.UTF-8` });
      for (const code of ['server/wrong-key', 'server/key-wanted', 'server/key-lost'] as const)
        expect(words.error(refused(code, 'Wrong.'))).toMatch(/BECKON_KEY_127_0_0_1_18080.*Wrong\./);
      expect(words.error(refused('server/busy'))).not.toContain('BECKON_KEY');
    },
  );

  it.each(['en', 'zh'])('tell the command that gets the model for a picture, since no chip offers it (%s)', (lang) => {
    const words = createCliWords({ BECKON_PROFILE: '/none', LANG: `${lang}_XX.UTF-8` });
    for (const code of ['picture/no-model', 'picture/model-damaged'] as const)
      expect(words.error({ code, message: '', values: { file: 'scan.png' } })).toMatch(
        /scan\.png.*beckon models get pp-ocrv6-small$/,
      );
  });

  it('call the key Ctrl wherever it is told: a refused hotkey was Control+Shift+Space, and Ctrl elsewhere', () => {
    for (const LANG of ['C', 'zh_CN.UTF-8']) {
      const words = createCliWords({ BECKON_PROFILE: '/none', LANG });
      const accelerator = 'Control+Shift+Space';
      const said = [
        words.error({ code: 'hotkey/refused', message: '', values: { accelerator } }),
        words.sayIn('doctor', 'hotkey.unknown', { hotkey: accelerator }),
      ].join(' ');
      expect(said).toMatch(/Ctrl\+Shift\+Space.*Ctrl\+Shift\+Space/);
      expect(said).not.toContain('Control');
    }
  });
});
