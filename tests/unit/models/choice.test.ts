import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../models/catalogue/catalogue.ts';
import { chooseStarter } from '../../../models/catalogue/starter.ts';
import { fitOf } from '../../../models/fit/fit.ts';
import { readAddress } from '../../../models/openai-compatible/address.ts';
import { failureOfAnswer } from '../../../models/openai-compatible/failures.ts';

const gigabyte = 1024 ** 3;
const memory = (total: number, free = total * 0.7) => ({ totalBytes: total * gigabyte, freeBytes: free * gigabyte });

describe('the choice of a starter model', () => {
  const rows = loadCatalogue();

  it('is the best row that fits and whose source answers', () => {
    const person = rows.filter(({ audience, starterRank }) => audience === 'person' && starterRank > 0);
    const best = chooseStarter(rows, memory(64), () => true);
    expect(best?.starterRank).toBe(Math.max(...person.map(({ starterRank }) => starterRank)));
    const carried = chooseStarter(rows, memory(64), (row) => row.sources.some(({ kind }) => kind === 'carrier'));
    expect(carried?.sources.some(({ kind }) => kind === 'carrier')).toBe(true);
  });

  it('is never a model that only compares sentences, even when nothing else answers', () => {
    const onlyEmbedding = rows.filter(({ purpose }) => purpose === 'embedding');
    expect(onlyEmbedding.length).toBeGreaterThan(0);
    expect(chooseStarter(onlyEmbedding, memory(64), () => true)).toBeNull();
  });

  it('gets smaller with the memory, and is none when nothing fits or nothing answers', () => {
    const sizes = [64, 8, 4, 2].map((total) => chooseStarter(rows, memory(total), () => true)?.bytes ?? 0);
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    expect(chooseStarter(rows, memory(0.5), () => true)).toBeNull();
    expect(chooseStarter(rows, memory(64), () => false)).toBeNull();
  });

  it('says of a model that is too large for the memory that it does not fit, and what it needs', () => {
    const size = { purpose: 'chat' as const, bytes: 40 * gigabyte, cacheBytesPerToken: 100_000, contextTokens: 8192 };
    const { fit, needBytes } = fitOf(size, memory(16));
    expect(fit).toBe('no');
    expect(needBytes).toBeGreaterThan(40 * gigabyte);
  });
});

describe('the address of a server', () => {
  it.each([
    ['localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/v1/', 'http://127.0.0.1:8080/v1'],
    ['api.example.com/v1', 'https://api.example.com/v1'],
    ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1'],
    ['http://[::1]:1234/v1', 'http://[::1]:1234/v1'],
    ['nas.local:11434', 'http://nas.local:11434'],
  ])('%s is read as %s', (typed, address) => expect(readAddress(typed).address).toBe(address));

  it.each([
    '',
    '   ',
    'http://203.0.113.7/v1',
    'ftp://example.com',
    'https://user:key@example.com',
    'javascript:alert(1)',
    'http://',
  ])('%j is refused', (typed) =>
    expect(() => readAddress(typed)).toThrow(expect.objectContaining({ code: 'server/bad-address' })),
  );
});

describe('what a server answered', () => {
  it.each([
    [401, '', 'server/wrong-key'],
    [400, '{"error":"invalid api key"}', 'server/wrong-key'],
    [400, '{"error":"bad temperature"}', 'server/failed'],
    [200, '<!DOCTYPE html><html>', 'server/not-an-api'],
    [404, '<html>', 'server/not-an-api'],
    [404, '{"detail":"not found"}', 'server/not-found'],
    [429, '', 'server/busy'],
    [503, '', 'server/busy'],
    [500, '', 'server/failed'],
  ])('%i %s is %s', (status, body, code) => expect(failureOfAnswer(status, body, 'h', null).code).toBe(code));
});
