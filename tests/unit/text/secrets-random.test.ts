import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../text/secrets/find-secrets.ts';
import { looksRandom } from '../../../text/secrets/random-keys.ts';

const found = (text: string) => findSecrets(text).map(({ start, end }) => text.slice(start, end));

/** What is drawn by chance, as who gives out tokens draws it. */
const drawn = [
  '5f3c9a1be07d42c8a6e1f0937bd2586c',
  'k7Qm2VxT9bLw4RzN8cYp',
  '3e0b7c52-91d4-4a6f-8b20-c7f5e19d6a34',
  'Qz8+vT1mKe/4Lr0Yb2Xc9Jn7Ws5Gd3Hf6Pa=',
  'acme_7hGt2Kp9Wq4Zs6Xv1Bn8Mc',
];

describe('a secret that says nothing of what it is', () => {
  it.each([
    ['prose', (one: string) => `Your session id is ${one}, is it not?`],
    ['prose without a sign', (one: string) => `issued token ${one} to user 7`],
    ['brackets', (one: string) => `The storage account key (${one}) is old.`],
    ['Chinese', (one: string) => `访问令牌 ${one} 一小时后失效`],
    ['Chinese with a sign', (one: string) => `网关的签名密钥是“${one}”，请更换`],
    ['Chinese after words', (one: string) => `把密钥改成了${one}。`],
    ['a field', (one: string) => `{"refreshToken": "${one}", "ok": true}`],
    ['a variable', (one: string) => `export STORAGE_KEY="${one}"`],
    ['SQL', (one: string) => `INSERT INTO settings (name, value) VALUES ('appKey', '${one}');`],
    ['JSON within JSON', (one: string) => JSON.stringify({ body: JSON.stringify({ ci_token: one }), n: 1 })],
    ['a property', (one: string) => `<property name="accessToken" value="${one}"/>`],
    ['words before the sign', (one: string) => `Incorrect API key provided: ${one}.`],
    ['words behind the name', (one: string) => `The secret of our gateway is ${one}.`],
    ['a cookie', (one: string) => `Set-Cookie: sid=${one}; HttpOnly`],
    ['an address', (one: string) => `https://api.example.com/send?key=${one}&page=2`],
    ['words before the name', (one: string) => `use ${one} as the token`],
    ['the line above', (one: string) => `The new credentials\n\n    ${one}\n\nKeep them safe.`],
    ['the line below', (one: string) => `> ${one}\nthis is the key he sent me`],
    ['a question of a chat', (one: string) => `林：令牌是什么？\n我：${one}，写进配置`],
    ['what happens to keys', (one: string) => `Please revoke ${one}, it leaked.`],
    ['Chinese behind', (one: string) => `帮我查下 ${one}，一直提示无权限`],
    ['a variable of Terraform', (one: string) => `variable "app_key" {\n  default = "${one}"\n}`],
  ])('is found by its name in %s', (_, around) => {
    for (const one of drawn) expect(found(around(one)), around(one)).toEqual([one]);
  });

  it.each([
    ['https://hooks.example.com/services/T0AB12CD3/B0EF45GH6/k7Qm2VxT9bLw4RzN8cYp1234', 'k7Qm2VxT9bLw4RzN8cYp1234'],
    ['https://chat.example.cn/open-apis/bot/v2/hook/3e0b7c52-91d4-4a6f-8b20-c7f5e19d6a34 就行', drawn[2]],
  ])('is found as the last part of a hook’s address: %s', (text, secret) => {
    expect(found(text)).toEqual([secret]);
  });

  it.each([
    'Xk4mQ9vT2bLw7RzN8cYp1Hd6Gs',
    'a8Kd02mPq7Zt/Lw93xVbN5+Rc1YhJ6TfUe4Gs0Xo',
    'Yt7~Qp2Lw.Xc9Vb4Nm-Kj6Hg3Fd8Sa1',
    'qrs_07becceb342508eaa42b2cea6a2d5b85741f1bd7',
  ])('is found without any name where nothing but chance writes it: %s', (one) => {
    for (const text of [`Here you go: ${one}`, `请看 ${one} 这个`, `{"x": "${one}"}`])
      expect(found(text)).toEqual([one]);
  });

  it.each([
    ['a sum of a file', 'sha256-Xk4mQ9vT2bLw7RzN8cYp1Hd6GsXk4mQ9vT2bLw7RzN8c='],
    ['a commit', 'the token was mentioned in commit 5f3c9a1be07d42c8a6e1f0937bd2586c00112233'],
    ['a part of a header', 'Subject: =?utf-8?B?44Ko44Od44K544Kr44O844OJ?='],
    [
      'a name of a program',
      'import { k8sServiceAccountTokenProvider } from "tokens"; FuseV1Options.EnableNodeOptionsEnvironment',
    ],
    ['another field', '{"token": "", "requestId": "5f3c9a1be07d42c8a6e1f0937bd2586c"}'],
    ['a sum before its file', `${'7769c1621514e70d442b072befbb4d5a'.repeat(2)}  pepper-5.11.4.iso`],
    ['a path', 'the key lies in /usr/share/a1b2c3d4/keyrings/x86-64v3-2024a1b/archive.gpg'],
    ['a key that is public', `Release GPG key: ${'9554F04D7259F04124DE6B476D5A82AC7E37093B'}`],
    [
      'packed text in lines',
      `Xk4mQ9vT2bLw7RzN8cYp1Hd6GsXk4mQ9vT2bLw7RzN8cYp1Hd6GsXk4mQ9vT2bLw\n${'aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5dE7fG9hJ1kL3mN5pQ7rS9tU1vW3x\n'.repeat(2)}`,
    ],
  ])('is none that is %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    [
      'words of programs',
      'const sessionKey = getUserByIdFromCacheForKey; token = tokens[index]; key = config["password"]',
    ],
    ['words that have a name within', 'compass = "North7East9"; bypass: "a1b2c3d4"; keyboard="us-intl-2024a"'],
    ['translations', '{"bad_user": "里有用户名或密码，Beckon 会说", "b": "\\"x\\": 1"}'],
    [
      'types',
      'argon2: (password: KDFInput) => Hash; type Key = z.infer<typeof keySchema>; const token = found?.groups?.["x"]',
    ],
    ['what is published', 'The public key 5f3c9a1be07d42c8a6e1f0937bd2586c; key fingerprint 5F3C 9A1B E07D'],
    ['names of files', 'the key x86_64-linux-gnu is in libstdc++.so.6.0.30; secret santa 2024'],
    ['a hook that is a place', 'see https://example.com/docs/webhooks/getting-started-with-events'],
  ])('and nothing is of %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('looks like chance, which names and numbers do not', () => {
    for (const one of drawn) expect(looksRandom(one), one).toBe(true);
    for (const name of [
      'getHTTPSURLForAPIKeyFromJSON',
      'AES256GcmSivKeyTemplate',
      '0x5f3c9a1be07d42c8',
      '20261130-101500',
    ])
      expect(looksRandom(name), name).toBe(false);
  });
});

describe('values in other surroundings', () => {
  it.each([
    ['登录密码（Anchor42!）请修改', 'Anchor42!'],
    ['护照号是G81952633，2031 年到期', 'G81952633'],
    ['"taiwanPermit": "3725630084(A)"', '3725630084(A)'],
    ['{"travelDocument": "SE9132929"}', 'SE9132929'],
    ['Taiwan resident permit no. 48024214', '48024214'],
    ['String rootPass = "Otter84#";', 'Otter84#'],
    ['dsn=Server=db;Database=hr;User Id=app;Password=emxqscxa;Encrypt=true', 'emxqscxa'],
  ])('%s', (text, secret) => {
    expect(found(text)).toEqual([secret]);
  });
});
