import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../text/secrets/find-secrets.ts';
import { foldWidth } from '../../../text/secrets/fold-width.ts';
import { sha256Short } from '../../../text/secrets/sha256.ts';
import { isBase58Address, isBech32Address } from '../../../text/secrets/wallets.ts';

const found = (text: string) => findSecrets(text).map(({ start, end }) => text.slice(start, end));

/** A name of each kind as prose, programs and tables have it, in both languages, and a value of it. */
const kinds: readonly (readonly [string, readonly string[], string])[] = [
  ['an account', ['bank account number', 'account_no', '收款账号', '對公帳戶'], '7559 1234 5678 901'],
  ['a passport', ['passport no', 'traveller_passport', '护照号码', '護照'], 'EB1234567'],
  ['a German passport', ['passport', 'passport_id', '护照号', '護照號碼'], 'C01X00T47'],
  ['a permit of Hong Kong', ['home return permit', 'hrp_no', '回乡证', '来往内地通行证'], 'H0123456702'],
  ['a permit of Taiwan', ['Taiwan compatriot permit', 'mtp_taiwan', '台胞证', '台湾居民来往大陆通行证'], '01234567'],
  ['a social security number', ['SSN', 'taxpayer_ssn', '社会安全号', '社安号'], '219 09 9998'],
  ['a phone', ['telephone', 'office_tel', '電話', '手机号'], '6123 4567'],
  ['a password', ['password', 'db_password', '登录密码', '口令'], 'blue-otter-lamp7'],
];

describe('what is told by its name alone is found', () => {
  it.each(kinds)('of %s: in prose, before and behind it, in programs, addresses and tables', (_, names, value) => {
    for (const name of names) {
      for (const text of [
        `The ${name} is ${value}.`,
        `${name}：${value}，请保密`,
        `{"a": 1, "${name}_2": "${value}", "b": 2}`,
        `export ${name}="${value}"`,
        `INFO [4] ${name}=[${value}] ok`,
        `id,name,${name},city\n1,Ann,"${value}",Rome\n2,Bo,n/a,Bern`,
        `名|${name}|x\n李|${value}|3`,
        `env:\n  - name: ${name}\n    value: "${value}"`,
        `{"name": "${name}", "value": "${value}"}`,
        `<x ${name}="${value}"/>`,
        `INSERT INTO t (id, ${name}, at) VALUES (42, '${value}', '2025-03-04')`,
      ])
        expect(found(text), text).toContain(value);
      // As is typed in Chinese.
      expect(found(`${name}：${wide(value)}。`).map(foldWidth), name).toContain(value);
    }
  });

  it.each([
    ['4111-1111-1111-1111（银行卡号）', '4111-1111-1111-1111'],
    ['755912345678901，这是银行账号。', '755912345678901'],
    ['01234567 is my Taiwan compatriot permit', '01234567'],
    ["duplicate entry '755912345678901' for key 'acct'", '755912345678901'],
    ['assert find("755912345678901") // bank account', '755912345678901'],
    ['Blue#otter7 is my password', 'Blue#otter7'],
  ])('where its name stands behind it: %s', (text, value) => {
    expect(found(text)).toEqual([value]);
  });

  it.each([
    ['a name and another’s value', '{"passport": null, "order": 123456789, "account": "", "at": 1700000000000}'],
    ['a name in another sentence', 'Bring a passport. Room 12345678 is free; the account was closed in 20231105.'],
    ['bar codes with the sum of a card', 'lot,6959792287493,2026; 6910137432336'],
    ['an approval, a code, a bar code', '批准文号：国药准字H37740790，发票代码006475167146，条形码690527209853'],
    ['postal codes', 'Boston, MA 02110-1301, USA'],
    [
      'words about passwords',
      'Set the password to something long. Password rules: 12 characters. 密码至少8位，密码为必填项',
    ],
    ['code', 'const token = readToken(profile); const privateKey = known?.privateKey; secret: z.string().max(8)'],
    ['addresses in instructions', 'http://user:password@host, https://user:<password>@host'],
    ['a table of other things', 'passport,year\nyes,2023\nno,2024'],
  ])('and nothing is of %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('what has check digits is found in every form', () => {
  it.each([
    ['a resident’s number in groups', '110105-1949-1231-002X'],
    ['a credit code in groups', '9135 0100 M000 100Y 43'],
    ['a credit code in small letters', '91350100m000100y43'],
    ['an account in small letters', 'gb82west12345698765432'],
    ['a card in groups', '6222 0212 3456 7890 128'],
    ['a card as bank cards are printed', '622202 1234567890128'],
    ['a wallet', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['a newer wallet', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ['an account of Ethereum', '0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae'],
    ['a number plate', '京A12345'],
    ['one of an electric car', '沪AD12345'],
    ['a phone with its area', '(852) 5310 4851'],
    ['a phone of Britain', '0161 496 0210'],
    ['a phone of France', '01 99 00 41 40'],
    ['a phone with 00', '0049 30 23125093'],
  ])('%s', (_, value) => {
    for (const text of [
      `it is ${value}, yes`,
      `a,${value}`,
      `"x": "${value}"`,
      `号码是${value}。`,
      `新的：${value}，`,
      `?q=${value}&r=1`,
    ])
      expect(found(text), text).toEqual([value]);
    expect(found(`在${wide(value)}。`).map(foldWidth)).toEqual([value]);
  });

  it('and a wallet with one letter changed is none', () => {
    expect(isBase58Address('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')).toBe(true);
    expect(isBase58Address('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb')).toBe(false);
    expect(isBech32Address('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5')).toBe(false);
    const hex = sha256Short([...'abc'].map((one) => one.charCodeAt(0))).map((byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    expect(hex.join('')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('and the secret behind the id of a cloud’s key is found with it', () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzEXAMPLEK';
    for (const text of [`AKIAIOSFODNN7EXAMPLE,${secret},x`, `id: AKIAIOSFODNN7EXAMPLE / ${secret}`])
      expect(found(text)).toEqual(['AKIAIOSFODNN7EXAMPLE', secret]);
  });
});

it('folding keeps every place where it is', () => {
  const text = '电话：＋８６－１３８　ＡＢ—c';
  expect(foldWidth(text)).toBe('电话:+86-138 AB-c');
  expect(foldWidth(text).length).toBe(text.length);
});

it.each([
  ...['phone,', 'phone\n', 'tel;1;\n', 'password ', 'password: ', '密码', '密码是', 'pwd,a\n1,2\n', '(pwd) VALUES (1)'],
  ...['card 1234 ', 'a:b@', '00852 ', 'DE12 ', '账号：', 'token=token_', 'passport 1 ', '京A', 'AKIAIOSFODNN7EXAMPLE '],
  ...[
    'curl -u ',
    'mysql ',
    'login: a ',
    'password a1!b2 ',
    'a1b2c3d4e5f6a7b8 token ',
    'Xk4mQ9vT2bLw7RzN8cYp1H/',
    '\\"a\\": \\"',
    'echo a',
  ],
])('takes a time that grows with the text, however it repeats itself: %s', (piece) => {
  // With a time that grows with the square, half a minute would not do.
  expect(findSecrets(piece.repeat(Math.ceil(300_000 / piece.length))).length).toBeLessThan(100_000);
});

function wide(text: string): string {
  return text.replace(/[!-~ ]/g, (one) => (one === ' ' ? '\u3000' : String.fromCharCode(one.charCodeAt(0) + 0xfee0)));
}
