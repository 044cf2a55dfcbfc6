import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { GenerateInput, ModelPart } from '../../../contract/engine.ts';
import type { Currency } from '../../../contract/price.ts';
import { type BudgetSetting, defaultSettings } from '../../../contract/settings.ts';
import { migrate } from '../../../core/database/migrate.ts';
import { migrations } from '../../../core/database/migrations.ts';
import { Receipts } from '../../../core/receipts/receipts.ts';
import { Limits, moneyOf, type Standing } from '../../../core/sending/limits.ts';
import { Sending } from '../../../core/sending/sending.ts';
import { cost } from '../../../models/prices/cost.ts';
import { mostCost } from '../../../models/prices/most.ts';
import type { Price } from '../../../models/prices/price.ts';
import { question } from '../../support/gate.ts';
import { seededRandom } from '../../support/random.ts';

const tier = { upToInput: null, input: 2, cached: 0.2, cacheWrite: 3, output: 10, thinking: null };
const price: Price = {
  ...{ provider: 'api.example', model: 'm', currency: 'CNY', tiers: [tier], source: 'test', on: '2026-11-20' },
};
const million = 1_000_000;

/** A gate with a budget over a database of its own; its server answers as it is told. */
function gate(budget: Partial<BudgetSetting>, priced: Price | null = price) {
  const database = new DatabaseSync(':memory:');
  for (const step of migrations) migrate(database, step);
  const settings = { ...defaultSettings.budget, currency: 'CNY' as Currency, ...budget };
  const near: Standing[] = [];
  let now = new Date(2026, 10, 20, 12);
  const open = () => {
    const receipts = new Receipts(database, { write: () => {} });
    const limits = new Limits({
      budget: () => settings,
      spentSince: (from) => receipts.spentSince(from),
      priceOf: () => priced,
      onNear: (standing) => void near.push(standing),
      now: () => now,
    });
    return { receipts, limits };
  };
  let { receipts, limits } = open();
  let sent = 0;
  let status = 200;
  /** Asks once; answers the code it failed with, or null. `tokens`: read and written. */
  async function ask(
    input: GenerateInput = question,
    tokens: readonly [number, number] | null = [100, 50],
    wait: () => Promise<void> = async () => {},
    place = 'https://api.example/v1',
    purpose: 'answer' | 'trial' = 'answer',
  ): Promise<string | null> {
    const sending = new Sending({
      ...{ isOffline: () => false, receipts, budget: limits },
      open: () => async () => {
        sent += 1;
        await wait();
        return new Response('', { status });
      },
    });
    const parts = sending.send({
      ...{ purpose, input, messageId: null, requireSame: () => {} },
      to: { serverId: 's-1', address: place, modelId: 'm', modelName: 'm' },
      async *deliver(passed, connection): AsyncGenerator<ModelPart> {
        await wait();
        const response = await connection(`${place}/chat`, { method: 'POST', body: JSON.stringify(passed.messages) });
        if (!response.ok) return yield { type: 'failure', error: { code: 'server/busy', message: '' } };
        if (tokens === null) return yield { type: 'aborted' };
        const usage = { promptTokens: tokens[0], outputTokens: tokens[1], cachedTokens: null };
        const when = { began: now, ended: now };
        const told = priced === null ? null : cost(usage, priced, when, {});
        yield {
          type: 'finish',
          reason: 'stop',
          usage: { ...usage, contextTokens: null, droppedMessages: 0, ...(told === null ? {} : { cost: told }) },
        };
      },
    });
    let failed: string | null = null;
    for await (const part of parts) if (part.type === 'failure') failed = part.error.code;
    return failed;
  }
  return {
    ask,
    settings,
    near,
    setNow: (next: Date) => {
      now = next;
    },
    refuse: () => {
      status = 429;
    },
    /** Beckon ends, however, and begins anew on what is on disk. */
    restart: () => {
      ({ receipts, limits } = open());
    },
    receipts: () => receipts,
    limits: () => limits,
    sent: () => sent,
    spent: () => receipts.spentSince(0).CNY,
  };
}

describe('the most that a call can come to', () => {
  it('is no less than what it comes to at any hour and length, nothing cached, all of the answer written', () => {
    const tiers = [
      { ...tier, upToInput: 1000 },
      { ...tier, upToInput: 4000, input: 4, output: 20 },
    ];
    const hours = {
      zone: 'Asia/Shanghai',
      windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '12:00' }],
      otherwise: [{ ...tier, input: 1, output: 30 }],
    };
    const all: Price = { ...price, tiers, hours };
    for (const [read, written] of [
      [10, 500],
      [1000, 1],
      [1001, 1],
      [4000, 9],
      [3999, 4000],
    ] as const)
      for (const hour of ['08:59', '09:00', '11:59', '12:00']) {
        const at = new Date(`2026-11-12T${hour}:00+08:00`);
        const usage = { promptTokens: read, outputTokens: written, cachedTokens: null, cacheWriteTokens: read };
        const high = cost(usage, all, { began: at, ended: at }, {})?.high ?? Number.POSITIVE_INFINITY;
        expect(mostCost(all, read, written), `${read} ${written} ${hour}`).toBeGreaterThanOrEqual(high);
      }
  });

  it('counts a shorter length where that is dearer, and the longest there is for one that may be longer', () => {
    const dear = [
      { ...tier, upToInput: 1000, input: 9, cacheWrite: null },
      { ...tier, upToInput: 4000, cacheWrite: null },
    ];
    expect(mostCost({ ...price, tiers: dear }, 4000, 0)).toBe((1000 * 9) / million);
    expect(mostCost({ ...price, tiers: dear }, 9000, 0)).toBe((1000 * 9) / million);
  });
});

describe('a budget', () => {
  it('stops a loop that asks without end, many at once, in 100 of 100 runs', async () => {
    let stopped = 0;
    for (let run = 0; run < 100; run += 1) {
      const random = seededRandom(run);
      const limit = 0.002 + random(10) / 1000;
      const { ask, spent, sent } = gate({ day: limit });
      const pause = async () => {
        for (let turn = random(4); turn > 0; turn -= 1) await Promise.resolve();
      };
      const codes: (string | null)[] = [];
      for (let round = 0; round < 12; round += 1)
        codes.push(
          ...(await Promise.all(Array.from({ length: 8 }, () => ask(question, [random(30), random(64)], pause)))),
        );
      const refused = codes.filter((code) => code === 'budget/exceeded').length;
      expect(spent(), `run ${run}`).toBeLessThanOrEqual(limit + 1e-9);
      expect(sent() + refused).toBe(96);
      if (refused > 0) stopped += 1;
    }
    expect(stopped).toBe(100);
  });

  it('sets aside the most before it is sent, and counts what it came to after', async () => {
    const { ask, limits, spent } = gate({ day: 1 });
    let meanwhile: readonly Standing[] = [];
    await ask(question, [100, 50], async () => {
      meanwhile = limits().standings();
    });
    const most = meanwhile[0]?.used ?? 0;
    expect(most).toBeGreaterThanOrEqual((64 * 10) / million);
    expect(spent()).toBeCloseTo((100 * 2 + 50 * 10) / million, 12);
    expect(limits().standings()).toMatchObject([{ period: 'day', limit: 1 }]);
  });

  it('counts all that was set aside of a call whose end nobody saw, also after Beckon was killed', async () => {
    const { ask, spent, restart, receipts } = gate({ month: 1 });
    expect(await ask(question, null)).toBeNull();
    const most = spent();
    expect(most).toBeGreaterThan((64 * 10) / million);
    const { row, on } = { row: 'r', on: '2026-11-20' };
    receipts().begin({
      ...{ purpose: 'answer', messageId: null, price: { row, on }, reserved: { currency: 'CNY', amount: 0.5 } },
      to: {
        ...{ serverId: 's-1', address: 'https://api.example', origin: 'https://api.example', host: 'api.example' },
        ...{ place: 'outside', modelId: 'm', modelName: 'm' },
      },
    });
    restart();
    expect(receipts().list(1)).toMatchObject([{ state: 'unknown' }]);
    expect(spent()).toBeCloseTo(most + 0.5, 12);
  });

  it('gives all back where the server refused, or nothing was sent', async () => {
    const { ask, spent, refuse } = gate({ day: 1 });
    refuse();
    expect(await ask()).toBe('server/busy');
    expect(spent()).toBe(0);
  });

  it('holds for a day and for a month, by the clock of this machine', async () => {
    const { ask, settings, setNow, limits } = gate({ day: 0.0015, month: 0.002 });
    setNow(new Date());
    expect([await ask(), await ask()]).toEqual([null, 'budget/exceeded']);
    // Tomorrow the day is empty again, and the month is not, where tomorrow is of the same month.
    const tomorrow = new Date(Date.now() + 86_400_000);
    setNow(tomorrow);
    const [day, month] = limits().standings();
    expect(day?.used).toBe(0);
    expect(month?.used).toBeCloseTo(tomorrow.getDate() === 1 ? 0 : 0.0007, 12);
    Object.assign(settings, { day: null });
    setNow(new Date());
    expect(await ask()).toBeNull();
    expect(await ask()).toBe('budget/exceeded');
  });

  it('counts what is charged in another currency at the rate that is set', async () => {
    const inDollars = { ...price, currency: 'USD' as const };
    const { ask, limits } = gate({ day: 10, yuanPerDollar: 7 }, inDollars);
    await ask(question, [million, 0]);
    expect(limits().standings()[0]?.used).toBeCloseTo(14, 9);
    const other = gate({ day: 10, currency: 'USD', yuanPerDollar: 4 });
    await other.ask(question, [million, 0]);
    expect(other.limits().standings()[0]?.used).toBeCloseTo(0.5, 9);
  });

  it('refuses a model whose price is not known, unless the person allows those, or it is near', async () => {
    const unknown = gate({ day: 1 }, null);
    expect(await unknown.ask()).toBe('budget/unknown-price');
    expect(await unknown.ask(question, [1, 1], undefined, 'http://127.0.0.1:9/v1')).toBeNull();
    expect(await unknown.ask(question, [1, 1], undefined, 'http://192.168.1.4:9/v1')).toBeNull();
    expect(await unknown.ask(question, [1, 1], undefined, 'https://api.example/v1', 'trial')).toBeNull();
    Object.assign(unknown.settings, { unknownPrices: 'allow' });
    expect(await unknown.ask()).toBeNull();
    expect(unknown.receipts().list(1)).toMatchObject([{ cost: null, reserved: null }]);
    const none = gate({}, null);
    expect(await none.ask()).toBeNull();
  });

  it('tells once that four fifths of it are used, and again when it is another one', async () => {
    const { ask, near, settings } = gate({ day: 0.0045 });
    for (let call = 0; call < 5; call += 1) await ask();
    expect(near).toHaveLength(0);
    await ask();
    await ask();
    expect(near.map(({ period, limit }) => [period, limit])).toEqual([['day', 0.0045]]);
    Object.assign(settings, { day: 0.0055 });
    await ask();
    expect(near).toHaveLength(2);
  });

  it('is named as small as it is: a limit of half a fen was said to be nothing', () => {
    expect([0.005, 0.0630001, 0.1, 1, 20, 1234.5].map((amount) => moneyOf(amount, 'CNY'))).toEqual([
      ...['¥0.005', '¥0.063', '¥0.1', '¥1', '¥20', '¥1234.5'],
    ]);
  });

  it('keeps its sums in step with the receipts, without reading them each time', async () => {
    const { ask, receipts, limits, refuse, restart } = gate({ day: 1, month: 9 });
    limits().standings();
    await ask();
    await ask(question, null);
    await Promise.all([ask(), ask(question, null), ask(question, [9, 9])]);
    refuse();
    await ask();
    const kept = receipts().spentSince(0).CNY;
    const standings = limits()
      .standings()
      .map(({ used }) => used);
    restart();
    expect(receipts().spentSince(0).CNY).toBeCloseTo(kept, 12);
    for (const [at, { used }] of limits().standings().entries()) expect(used).toBeCloseTo(standings[at] ?? -1, 12);
  });

  it('lets everything through where there is none, and still writes down what it may cost', async () => {
    const { ask, receipts } = gate({});
    expect(await ask(question, [million, million])).toBeNull();
    const [row] = receipts().list(1);
    expect(row).toMatchObject({ cost: { currency: 'CNY', low: 12, high: 12 }, reserved: { currency: 'CNY' } });
    expect(receipts().verify().fault).toBeNull();
  });
});
