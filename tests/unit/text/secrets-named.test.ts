import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../text/secrets/find-secrets.ts';
import { shapeOf } from '../../../text/secrets/value-shapes.ts';
import { expectLinear } from '../../support/growth.ts';

const found = (text: string) => findSecrets(text).map(({ start, end }) => text.slice(start, end));
const passwords = ['Pigeon51#', 'hunter27', 'G7_hkw.P2q', 'q1w2e3r4', '8675309'];
const keys = ['5f3c9a1be07d42c8a6e1f0937bd2586c', 'k7Qm2VxT9bLw4RzN8cYp', '3e0b7c52-91d4-4a6f-8b20-c7f5e19d6a34'];

describe('a password whose name stands with it', () => {
  it.each([
    ['in a sentence of its own', (one: string) => `What was the passcode again? It was ${one}, I think.`],
    ['with a question before it', (one: string) => `my disk password? ${one}`],
    ['in the line below', (one: string) => `Password for the shared drive\n${one}`],
    ['behind a word and a sign', (one: string) => `PW for staging = ${one}`],
    ['behind a remark', (one: string) => `密码（默认）：${one}`],
    ['in Markdown', (one: string) => `*Password:* ${one}`],
    ['in a row of a table', (one: string) => `| user | kim |\n| password | ${one} |`],
    ['in a page', (one: string) => `<td>password</td><td>${one}</td>`],
    ['in a list of properties', (one: string) => `<key>Password</key>\n<string>${one}</string>`],
    ['in a block of YAML', (one: string) => `root:\n  password: >-\n    ${one}`],
    ['as the last of a call', (one: string) => `keyring.set_password("svc", "kim", "${one}")`],
    ['as bytes', (one: string) => `zf.setpassword(b"${one}")`],
    ['in a list of old and new', (one: string) => `password changed old=${one} new=***`],
    ['in a declaration', (one: string) => `PASSWORD constant varchar2(30) := '${one}';`],
    ['as a key of a network', (one: string) => `wifi key: ${one}`],
  ])('is found %s', (_, around) => {
    for (const one of passwords) expect(found(around(one)), around(one)).toEqual([one]);
  });

  it.each([
    ['a user, who signs in', (one: string) => `admin / ${one} used to work`],
    ['a user in a call', (one: string) => `requests.get(url, auth=("kim", "${one}"))`],
    ['what is unlocked', (one: string) => `Use ${one} to unlock the zip I sent you.`],
    ['a mailbox', (one: string) => `kim@example.org:${one}`],
    ['a command', (one: string) => `openssl enc -aes-256-cbc -k ${one} -in a`],
    ['a line of a device', (one: string) => `username kim privilege 15 secret ${one}`],
    ['an address with an at sign', (one: string) => `postgres://app:a@${one}@db.example.org/x`],
  ])('is found beside %s', (_, around) => {
    for (const one of passwords) expect(found(around(one)).join(' '), around(one)).toContain(one);
  });

  it('may be a word where a notation or Chinese holds it', () => {
    for (const text of ['"password": "rosebuds"', 'DB_PASSWORD=rosebuds', '密码是rosebuds。', "pwd = 'rosebuds'"])
      expect(found(text), text).toEqual(['rosebuds']);
    for (const text of [
      'Temp password: letmein. Change it.',
      'the wifi password is qwertyuiop now',
      'user kim pass iloveyou',
    ])
      expect(found(text), text).toHaveLength(1);
    for (const text of [
      '"password": "string"',
      'password: required',
      'the password is wrong',
      'connect(user=user, password=password)',
      '["password", "readline"]',
    ])
      expect(found(text), text).toEqual([]);
  });
});

describe('a key whose name stands with it', () => {
  it.each([
    ['in a call of a cipher', (one: string) => `f = Fernet(b"${one}")`],
    ['behind the name of a method', (one: string) => `createHmac('sha256', '${one}')`],
    ['as a salt', (one: string) => `salt = "${one}"`],
    ['in an address of a feed', (one: string) => `https://feeds.example.org/rss/${one}/private.xml`],
    ['in an address that is all of it', (one: string) => `https://hc-ping.com/${one}`],
    ['as a field of one letter', (one: string) => `https://example.org/share?s=${one}`],
  ])('is found %s', (_, around) => {
    for (const one of keys) expect(found(around(one)), around(one)).toEqual([one]);
  });
});

it.each([
  'Press Ctrl+Alt+F2 and log in; choose WPA/WPA2 for the password',
  'SSL_CTX_set_psk_server_callback, "SSL_SESSION_set1_master_key"',
  'cd $(pwd)\nTEST_DIRECTORY="$(pwd)"/t',
  'Chi(z) + I*pi/2*sign(z)',
  'import splitpasswd,\n  splitport,\n  splitquery',
  'card 4111 1111 1111 1112 20.00 EUR',
])('nothing is found in %s', (text) => {
  expect(found(text)).toEqual([]);
});

it('a card is found before a sum', () => {
  expect(found('charged 4111 1111 1111 1111 20.00 EUR')).toEqual(['4111 1111 1111 1111']);
});

it.each([
  'password for a b c ',
  'password\n\n',
  '密码（',
  'auth("a", ',
  '<td>password</td>',
  'user admin / ',
  '\\"a\\":',
  'password (((',
  'pwd a=b a=b ',
])('takes a time that grows with the text: %s', (piece) => {
  expectLinear((size) => findSecrets(piece.repeat(Math.ceil(size / piece.length))), 120_000);
});

it('tells by itself how much a value looks like a secret', () => {
  expect(['Xk4!mQ9v', 'hunter27', '4821', 'rosebuds', 'config.get("x")'].map(shapeOf)).toEqual([
    'odd',
    'told',
    'likely',
    'word',
    'none',
  ]);
});

describe('what stands near a name and is none', () => {
  const sum = '6d9cef6e4b0df12a358579ce86e27e28e99ad934';
  it.each([
    [
      'a commit below a line about a token',
      `86f9b4144c0ee15165f237d8858cd9d579c77768  Mend the token parser\n${sum}  Draw the list again`,
    ],
    ['a commit below 密码', `${sum}  修复密码输入框\n${sum}  移除裁剪尺寸`],
    ['a reference behind a longer noun', '修复密码输入框文案(#3326),v6.3.10'],
    ['a reference in English', 'Mend the password prompt (#52910), v3.1'],
    [
      'the rest of a word that the reach cuts',
      `trace=374f${'e318fc65ead058a0c9e8632f4634'} span=0ab7229ae91e59aa status=200 in 42 ms, login page`,
    ],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('leaves a token alone in the line below its name hidden', () => {
    expect(found(`The deploy token:\n${sum}`)).toEqual([sum]);
  });
});

it.each(['conn = "scott/Pigeon51#lake@//db.example:1521/ORCL"', 'sqlplus scott/Pigeon51#lake@//db.example/ORCL'])(
  'finds a password in an address of Oracle: %s',
  (text) => {
    expect(found(text)).toEqual(['Pigeon51#lake']);
  },
);
