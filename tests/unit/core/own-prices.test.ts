import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../contract/receipt.ts';
import { entrySchema } from '../../../contract/receipt.ts';
import { NotedCall } from '../../../core/answers/noted-call.ts';
import { ownPrices } from '../../../core/servers/own-prices.ts';
import { costOf } from '../../../core/servers/priced-servers.ts';
import type { Price } from '../../../models/prices/price.ts';
import { Prices } from '../../../models/prices/prices.ts';

const rate = { upToInput: null, input: 10, cached: null, cacheWrite: null, output: 20, thinking: null };
const mine: Price = {
  ...{ provider: 'nas.lan:8080', model: 'big', currency: 'CNY', tiers: [rate] },
  ...{ source: 'what the power costs', on: '2026-11-01' },
};
const server = { id: 's', address: 'http://nas.lan:8080/v1', label: '', models: ['big'], keyKept: 'none' } as const;
const usage = { promptTokens: 1000, cachedTokens: null, outputTokens: 100, contextTokens: null, droppedMessages: 0 };
const when = { began: new Date('2026-11-30'), ended: new Date('2026-11-30') };

describe('prices of one’s own', () => {
  let folder: string;
  let path: string;
  let logged: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-prices-'));
    path = join(folder, 'prices.json');
    logged = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = () => ownPrices(path, { write: (event) => void logged.push(event) });
  const write = (content: string, second: number) => {
    writeFileSync(path, content);
    utimesSync(path, second, second);
  };

  it('are those of the file as it is now; one that is broken counts for nothing and is logged once', () => {
    const own = read();
    expect(own().prices).toEqual([]);
    write(JSON.stringify({ prices: [mine] }), 1000);
    expect(own().prices).toEqual([mine]);
    write('{"prices": [', 2000);
    expect([own().prices, own().prices]).toEqual([[], []]);
    write(JSON.stringify({ prices: [{ ...mine, currency: 'doubloons' }] }), 3000);
    expect(own().prices).toEqual([]);
    expect(logged).toEqual(['own-prices-unread', 'own-prices-unread']);
    rmSync(path);
    expect(own().prices).toEqual([]);
  });

  it('count for nothing where a name is there twice: nobody knows which was meant', () => {
    const own = read();
    const text = JSON.stringify({ prices: [mine] });
    write(text.replace('"input":10', '"input":10,"input":0'), 1000);
    expect(own().prices).toEqual([]);
    write(text.replace('{', '{"prices":[],'), 2000);
    expect(own().prices).toEqual([]);
    expect(logged).toHaveLength(2);
    write(text, 3000);
    expect(own().prices).toEqual([mine]);
  });

  it('count what a server of one’s own costs, into the entry of its receipt', () => {
    write(JSON.stringify({ prices: [mine] }), 1000);
    const priced = { prices: new Prices(read()), language: () => 'en' as const };
    const cost = costOf(server, 'big', usage, when, priced);
    expect(cost).toMatchObject({ currency: 'CNY', low: 0.012, high: 0.012, on: '2026-11-01' });
    const entries: Entry[] = [];
    const identity = { id: 'server:s:big', name: 'big', where: 'server', host: 'nas.lan:8080' } as const;
    const call = new NotedCall(identity, (entry) => entries.push(entry));
    call.begin(0);
    const counted = { ...usage, thinkingTokens: 40, ...(cost === null ? {} : { cost }) };
    call.take({ type: 'finish', reason: 'stop', usage: counted });
    expect(entries).toMatchObject([{ cost, thinkingTokens: 40 }]);
    expect(entrySchema.safeParse(entries[0]).success).toBe(true);
    expect(costOf({ ...server, address: 'http://other.lan/v1' }, 'big', usage, when, priced)).toBeNull();
  });
});
