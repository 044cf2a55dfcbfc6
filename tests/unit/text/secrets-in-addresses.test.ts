import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../text/secrets/find-secrets.ts';

const found = (text: string) => findSecrets(text).map(({ start, end }) => text.slice(start, end));
const hex = '5f3c9a1be07d42c8a6e1f0937bd2586c';

describe('what is secret within an address', () => {
  it.each([
    [
      'https://b.example/a.pdf?Expires=1790000000&Signature=a8Kd%2BmPq7ZtLw93xVbN5Rc1Yh%3D',
      'a8Kd%2BmPq7ZtLw93xVbN5Rc1Yh%3D',
    ],
    [`https://cos.example/a?q-sign-algorithm=sha1&q-signature=${hex}&x=1`, hex],
    [`https://app.example/reset-password/${hex}`, hex],
    ['https://app.example/invite/k7qm2vxt9blw4rzn8cyp', 'k7qm2vxt9blw4rzn8cyp'],
    [`https://a.example/verify?code=${hex}`, hex],
    ['https://hooks.example.com/hooks/catch/1234567/b3k9x2q/', 'b3k9x2q'],
    [
      'https://api.example/bot6262051654:AAO4awvh0bakhjZKHdWt9YlV9wicl0SXeDx/send',
      '6262051654:AAO4awvh0bakhjZKHdWt9YlV9wicl0SXeDx',
    ],
    ['sqlplus scott/tiger77@orcl', 'tiger77'],
    ['deploy to svc:S3cret!9@10.0.0.5/db', 'S3cret!9'],
    ['Password=emxqscxa;Server=h;Uid=u', 'emxqscxa'],
    ['jdbc:postgresql://h/db?password=emxqscxa&user=u', 'emxqscxa'],
  ])('is found: %s', (text, secret) => {
    expect(found(text)).toEqual([secret]);
  });

  it.each([
    'https://example.com/share/how-to-write-a-good-letter',
    'https://example.com/login/forgotten?code=en&sort=key',
    'see https://example.com/join/the-community-of-readers-2024',
    "headers: { 'X-Amz-Date': '20121226T061030Z' }",
    'a:b@example, 12:30@office, note:see@example.org',
  ])('is nothing here: %s', (text) => {
    expect(findSecrets(text).filter(({ kind }) => kind !== 'email')).toEqual([]);
  });

  it('is a private key, packed once more as a cluster keeps it', () => {
    const packed = btoa(
      `-----BEGIN EC PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA7bq'.repeat(40)}\n-----END EC PRIVATE KEY-----\n`,
    );
    expect(found(`  tls.key: ${packed}\n  tls.crt: none`)).toEqual([packed]);
    expect(found(`  tls.crt: ${btoa(`-----BEGIN CERTIFICATE-----\n${'MIIEpAIBAAKCAQEA7bq'.repeat(40)}`)}`)).toEqual([]);
  });
});
