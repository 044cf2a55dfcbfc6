import { describe, expect, it } from 'vitest';
import { isCard, isCreditCode, isIban, isResidentId } from '../../../text/secrets/checksums.ts';
import { findSecrets } from '../../../text/secrets/find-secrets.ts';

const found = (text: string, names: readonly string[] = []) =>
  findSecrets(text, names).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

/** Of the length that a kind has, in an order that no check depends on. */
const run = (length: number, letters = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z') =>
  Array.from({ length }, (_, at) => letters[(at * 7) % letters.length]).join('');

describe('checksums', () => {
  it.each([
    ['a card', isCard('4111111111111111'), isCard('4111111111111112')],
    ['a card of UnionPay', isCard('6222021234567890128'), isCard('6222021234567890129')],
    ['a resident’s number', isResidentId('11010519491231002X'), isResidentId('110105194912310021')],
    ['a credit code', isCreditCode('91350100M000100Y43'), isCreditCode('91350100M000100Y44')],
    ['an account', isIban('GB82 WEST 1234 5698 7654 32'), isIban('GB82 WEST 1234 5698 7654 33')],
  ])('tell %s from one with a digit wrong', (_, right, wrong) => {
    expect([right, wrong]).toEqual([true, false]);
  });
});

describe('secrets in a text', () => {
  it.each([
    ['sk-', run(48)],
    ['sk-ant-api03-', run(90)],
    ['sk-or-v1-', run(64)],
    ['AIza', run(35)],
    ['gsk_', run(52)],
    ['xai-', run(80)],
    ['hf_', run(34)],
    ['ghp_', run(36)],
    ['github_pat_', run(82)],
    ['glpat-', run(20)],
    ['xoxb-', `1234567890-${run(24)}`],
    ['sk_live_', run(24)],
    ['AKIA', run(16, 'A2B3C4D5E6F7')],
    ['LTAI', run(20)],
    ['AKID', run(32)],
    ['npm_', run(36)],
    ['pypi-', run(120)],
    ['SG.', `${run(22)}.${run(43)}`],
    ['dop_v1_', run(64, 'a1b2c3d4e5f6')],
    ['nvapi-', run(64)],
  ])('include a key that begins with %s, in prose, code, JSON and behind Chinese', (begins, rest) => {
    const key = `${begins}${rest}`;
    for (const text of [`Use ${key}.`, `key="${key}"`, `{"apiKey": "${key}"}`, `密钥是${key}，请保密`])
      expect(found(text)).toEqual([expect.stringContaining(key)]);
  });

  it.each([
    ['write to anna.berg+news@mail.example.org.', ['email anna.berg+news@mail.example.org']],
    ['请发邮件到li.wei@example.cn，谢谢', ['email li.wei@example.cn']],
    ['call 13812345678 or +86 139-1234-5678', ['phone 13812345678', 'phone +86 139-1234-5678']],
    ['call +44 20 7946 0958 or (212) 555-0143', ['phone +44 20 7946 0958', 'phone (212) 555-0143']],
    ['电话：010-62345678', ['phone 010-62345678']],
    ['card 4111 1111 1111 1111, valid', ['card 4111 1111 1111 1111']],
    ['身份证11010519491231002X', ['resident-id 11010519491231002X']],
    ['税号 91350100M000100Y43。', ['credit-code 91350100M000100Y43']],
    ['to GB82 WEST 1234 5698 7654 32 today', ['iban GB82 WEST 1234 5698 7654 32']],
    ['护照号码：E12345678', ['passport E12345678']],
    ['passport no. 123456789', ['passport 123456789']],
    ['回乡证 H12345678', ['permit H12345678']],
    ['台胞证号 12345678', ['permit 12345678']],
    ['postgres://app:hunter2x@db.example/x', ['password hunter2x']],
    ['DB_PASSWORD="k9!vQz7p"', ['password k9!vQz7p']],
    ['密码：Qz7!vk9p，勿外传', ['password Qz7!vk9p']],
    ['Authorization: Bearer abc.def-123456789', ['key abc.def-123456789']],
  ])('are found: %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('include a private key from its first line to its last', () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${run(64)}\n${run(20)}==\n-----END RSA PRIVATE KEY-----`;
    expect(found(`before\n${key}\nafter`)).toEqual([`private-key ${key}`]);
    expect(found(`cut off: -----BEGIN PRIVATE KEY-----\n${run(64)}`)).toHaveLength(1);
  });

  it('include a person’s own names, in any case, and no word that has one within', () => {
    expect(found('Anna Berg met ANNA BERG and Anna Bergström; 李伟说', ['Anna Berg', '李伟'])).toEqual([
      'name Anna Berg',
      'name ANNA BERG',
      'name 李伟',
    ]);
  });

  it.each([
    ['a commit', 'fixed in 02480c0353ef6118965282977c3864aff53a1b2c'],
    ['a picture', 'logo@2x.png and icon@3x.webp'],
    ['sums', 'fell from 41,200 to 28,600; 1,234,567,890 in all, 3.14159265358979'],
    ['dates and times', '2029-11-03 09:05:11, 20291103, 2029/11/03–2029/11/30'],
    ['versions', 'v1.2.3, 10.0.19045.3803, 192.168.1.10'],
    ['a number of an order', '订单号 2029110312345678 已发货'],
    ['words about passwords', 'Set the password: choose something long. token = getToken() and secret: string;'],
    ['stand-ins', 'api_key = "YOUR_API_KEY", password: $PASSWORD, token: <token>, secret=process.env.SECRET'],
    ['a book', 'ISBN 978-3-16-148410-0'],
    ['short names of programs', 'sk-learn, hf_hub, npm_config, key-value'],
    ['a place', 'at 40.7128, -74.0060; room 212-555'],
  ])('are not %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ...['a', '1', '@', 'a@', 'a.', '-', '1 ', '+1 ', 'eyJ', 'GB12', 'a_', 'http://a:', 'token=token_token-', '::'],
    ...['-----BEGIN PRIVATE KEY-----', 'passport ', '密码', 'sk-', '[', 'A1'],
  ])('take a time that grows with the text, however it repeats itself: %s', (piece) => {
    // With a time that grows with the square, half a minute would not do.
    expect(findSecrets(piece.repeat(Math.ceil(300_000 / piece.length))).length).toBeLessThan(60_000);
  });
});
