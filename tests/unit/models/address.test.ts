import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress, requireUsable, withOtherScheme } from '../../../models/openai-compatible/address.ts';

const read: readonly (readonly [typed: string, address: string])[] = [
  // Servers at home, with and without a scheme.
  ['http://homeserver.lan:11434', 'http://homeserver.lan:11434'],
  ['nas.home', 'http://nas.home'],
  ['llm.home.arpa:8080', 'http://llm.home.arpa:8080'],
  ['http://100.101.102.103:11434', 'http://100.101.102.103:11434'],
  ['box.tail1234.ts.net:11434', 'http://box.tail1234.ts.net:11434'],
  ['host.docker.internal:11434/v1', 'http://host.docker.internal:11434/v1'],
  ['http://box.fritz.box:11434', 'http://box.fritz.box:11434'],
  ['http://nas.mydomain.tld/v1', 'http://nas.mydomain.tld/v1'],
  ['nas.mydomain.tld:11434', 'https://nas.mydomain.tld:11434'],
  ['[fd00::5]:1234', 'http://[fd00::5]:1234'],
  ['fd00::5', 'http://[fd00::5]'],
  ['::1', 'http://[::1]'],
  // What programs print as the place they listen at.
  ['0.0.0.0:11434', 'http://127.0.0.1:11434'],
  ['http://0.0.0.0:8080/v1', 'http://127.0.0.1:8080/v1'],
  ['http://[::]:8080', 'http://[::1]:8080'],
  [':11434', 'http://localhost:11434'],
  ['11434', 'http://localhost:11434'],
  ['8080/v1', 'http://localhost:8080/v1'],
  ['2130706433:8080', 'http://127.0.0.1:8080'],
  // A Chinese keyboard.
  ['http：//localhost：8080', 'http://localhost:8080'],
  ['ｈｔｔｐ：／／１２７．０．０．１：８０８０／ｖ１', 'http://127.0.0.1:8080/v1'],
  ['http：、、192。168。1。20：11434、v1', 'http://192.168.1.20:11434/v1'],
  ['localhost：11434', 'http://localhost:11434'],
  ['api。example。com／v1', 'https://api.example.com/v1'],
  ['　http://localhost:8080　', 'http://localhost:8080'],
  // Pasted with what stood around it.
  ['“http://nas.home:11434/v1”', 'http://nas.home:11434/v1'],
  ["'http://localhost:8080'", 'http://localhost:8080'],
  ['`http://localhost:8080`', 'http://localhost:8080'],
  ['「http://localhost:8080」', 'http://localhost:8080'],
  ['《http://localhost:8080》。', 'http://localhost:8080'],
  ['【http://localhost:8080】', 'http://localhost:8080'],
  ['<http://localhost:8080/v1>', 'http://localhost:8080/v1'],
  ['(http://localhost:8080).', 'http://localhost:8080'],
  ['（http://localhost:8080），', 'http://localhost:8080'],
  ['http://localhost:8080/v1，', 'http://localhost:8080/v1'],
  ['http://localhost:8080/v1.', 'http://localhost:8080/v1'],
  ['http://localhost:8080;', 'http://localhost:8080'],
  ['"http://localhost:8080",', 'http://localhost:8080'],
  ['\ufeffhttp://localhost:8080\u200b', 'http://localhost:8080'],
  ['http://local\u00adhost:80\u200d80', 'http://localhost:8080'],
  ['\u202dhttp://localhost:8080\u202c\r\n', 'http://localhost:8080'],
  ['\u00a0http://localhost:8080\u00a0', 'http://localhost:8080'],
  ['http: //localhost: 8080 /v1', 'http://localhost:8080/v1'],
  ['http://localhost:8080\n/v1', 'http://localhost:8080/v1'],
  // Slips.
  ['HTTP://LOCALHOST:8080', 'http://localhost:8080'],
  ['http:/localhost:8080', 'http://localhost:8080'],
  ['http:localhost:8080', 'http://localhost:8080'],
  ['http//localhost:8080', 'http://localhost:8080'],
  ['http:///localhost:8080', 'http://localhost:8080'],
  ['//localhost:8080', 'http://localhost:8080'],
  ['http:\\\\localhost:8080\\v1', 'http://localhost:8080/v1'],
  ['https://http://localhost:8080', 'http://localhost:8080'],
  ['http://http://localhost:8080', 'http://localhost:8080'],
  ['http://homeserver.lan.:8080', 'http://homeserver.lan:8080'],
  ['http://localhost:8080//', 'http://localhost:8080'],
  // Ends from manuals.
  ['http://localhost:8080/v1/chat/completions', 'http://localhost:8080/v1'],
  ['http://localhost:8080/v1/chat/completions/', 'http://localhost:8080/v1'],
  ['http://localhost:8080/v1/completions', 'http://localhost:8080/v1'],
  ['http://localhost:8080/v1/models', 'http://localhost:8080/v1'],
  ['http://localhost:8080/v1/embeddings', 'http://localhost:8080/v1'],
  ['https://api.example.com/v1/responses', 'https://api.example.com/v1'],
  ['http://localhost:11434/api/tags', 'http://localhost:11434'],
  ['http://localhost:11434/api/chat', 'http://localhost:11434'],
  ['http://localhost:3000/api/chat/completions', 'http://localhost:3000/api'],
  ['http://localhost:3000/api', 'http://localhost:3000/api'],
  ['https://open.example.cn/api/paas/v4/', 'https://open.example.cn/api/paas/v4'],
  ['http://localhost:8080/v1?key=1#top', 'http://localhost:8080/v1'],
  ['https://api.example.com:443/v1', 'https://api.example.com/v1'],
];

const refused = [
  'my server',
  'localhost:99999',
  'ws://localhost',
  'file:///etc/passwd',
  'user@host',
  'https://u:p@host/v1',
];
refused.push(
  'http://8.8.8.8',
  'http://203.0.113.7/v1',
  'http://[2001:db8::1]',
  'http://134744072',
  'http://[::ffff:8.8.8.8]',
);
refused.push(
  'http://198.18.0.1',
  'http://100.128.0.1',
  '<>',
  '“”',
  '[',
  '。',
  '：//',
  'https:443',
  '12345678901',
  'http://a b/',
);

describe('an address', () => {
  it.each(read)('%j is read as %s', (typed, address) => expect(readAddress(typed).address).toBe(address));

  it.each(refused)('%j is refused', (typed) =>
    expect(() => readAddress(typed)).toThrow(expect.objectContaining({ code: 'server/bad-address' })),
  );

  it('read once is read the same again', () => {
    for (const [, address] of read) expect(readAddress(address).address).toBe(address);
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'], withFragments: true, withQueryParameters: true }), (typed) => {
        const { address } = readAddress(typed);
        expect(readAddress(address).address).toBe(address);
      }),
    );
  });

  it('is the same whatever quotes, marks and unseen characters it was pasted with', () => {
    const unseen = fc.constantFrom('\u200b', '\ufeff', '\u2060', '\u00ad', '\u200e', '\ufe0f');
    const around = fc.constantFrom(
      ['', ''],
      ['"', '"'],
      ['“', '”'],
      ['‘', '’'],
      ['<', '>'],
      ['(', ')'],
      ['（', '）'],
      ['「', '」'],
      [' ', '\r\n'],
    );
    const end = fc.constantFrom('', '.', ',', '。', '，', ';', '；', '、', '！');
    fc.assert(
      fc.property(
        fc.constantFrom(...read),
        fc.nat(),
        unseen,
        fc.array(around, { maxLength: 3 }),
        end,
        (pair, at, mark, pairs, stop) => {
          const [, address] = pair;
          const cut = at % (address.length + 1);
          const marked = `${address.slice(0, cut)}${mark}${address.slice(cut)}`;
          const pasted = pairs.reduce((text, [open, close]) => `${open}${text}${close}`, marked) + stop;
          expect(readAddress(pasted).address).toBe(address);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of any text is one of http or https without a user, or refused', () => {
    const pieces = fc.constantFrom(
      'http',
      'https',
      '://',
      '：',
      '/',
      '。',
      'localhost',
      '127.0.0.1',
      '[',
      ']',
      '::1',
      '@',
      ' ',
      '"',
      '…',
      '8080',
      '.',
      'x',
      '%',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces, { maxLength: 10 }).map((all) => all.join('')),
        ),
        (typed) => {
          try {
            const url = new URL(readAddress(typed).address);
            expect(url.protocol).toMatch(/^https?:$/);
            expect(url.username + url.password + url.search + url.hash).toBe('');
          } catch (error) {
            expect(error).toMatchObject({ code: 'server/bad-address' });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('has another scheme to try, but never plain http to a number outside', () => {
    expect(withOtherScheme('https://nas.home:11434/v1')).toBe('http://nas.home:11434/v1');
    expect(withOtherScheme('http://nas.home/v1')).toBe('https://nas.home/v1');
    expect(withOtherScheme('https://8.8.8.8/v1')).toBeNull();
  });
});

describe('an address with a user or a password', () => {
  it.each([
    'http://user:secretpw@127.0.0.1:8080/v1',
    'user:secretpw@host',
    'https://secretpw@host/v1',
    'ftp://u:secretpw@host',
    'http://u:secret/pw#x@host',
  ])('is refused without saying them again: %s', (typed) => {
    for (const read of [readAddress, requireUsable]) {
      const refused = thrownBy(() => read(typed));
      expect(refused).toMatchObject({ code: 'server/bad-address' });
      expect(JSON.stringify(refused) + String(refused)).not.toMatch(/secret|pw/);
    }
  });

  it('is told from one that is of no server at all', () => {
    for (const read of [readAddress, requireUsable]) {
      expect(thrownBy(() => read('http://user:pw@127.0.0.1/v1'))).toMatchObject({
        detail: { values: { context: 'user' } },
      });
      expect(thrownBy(() => read('ftp://127.0.0.1/v1'))).toMatchObject({
        detail: { values: { address: 'ftp://127.0.0.1/v1' } },
      });
    }
    expect(requireUsable('http://203.0.113.7/v1')).toBeUndefined();
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
