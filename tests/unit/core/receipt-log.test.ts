import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../../core/database/migrations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { canonical, type Link, nothingBefore, sha256Of } from '../../../core/receipt-chain.ts';
import { Receipts } from '../../../core/receipts/receipts.ts';
import { lineOf, linksOfFile, readLog } from '../../../core/receipts/verify-log.ts';
import { expectLinear } from '../../support/growth.ts';
import { arrived, entry, fillLog, local, to } from '../../support/noted-calls.ts';

describe('the log of receipts', () => {
  let folder: string;
  let path: string;
  let open: ReturnType<typeof openDatabase>;
  let receipts: Receipts;
  const log = { write: () => {} };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-receipt-log-'));
    path = join(folder, 'beckon.db');
    open = openDatabase(path);
    receipts = new Receipts(open.database, log);
  });
  afterEach(() => {
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fill = (calls?: number) => fillLog(receipts, calls);
  /** Changes the file as somebody does who wants to: what keeps lines from being changed is taken away first. */
  function tamper(sql: string): void {
    open.database.exec('DROP TRIGGER receipt_log_kept; DROP TRIGGER receipt_log_held');
    open.database.exec(sql);
  }
  const fault = () => receipts.verify().fault;

  it('is unbroken after calls of servers and of this machine, and tells how many they were', () => {
    expect(receipts.verify()).toEqual({ lines: 0, entries: 0, head: null, fault: null });
    const lines = fill();
    expect(receipts.verify()).toMatchObject({ lines, entries: 12, fault: null });
    expect(receipts.verify().head).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has the hash of a line in the next one, over a form that everybody can make again', () => {
    fill(1);
    const [first, second] = receipts.links(1, 2);
    expect(JSON.parse(first?.record ?? '')).toMatchObject({ n: 1, prev: nothingBefore, kind: 'begin', v: 1 });
    expect(JSON.parse(second?.record ?? '')).toMatchObject({ n: 2, prev: first?.hash, kind: 'settle' });
    expect(canonical(JSON.parse(second?.record ?? ''))).toBe(second?.record);
    expect(sha256Of(second?.record ?? '')).toBe(second?.hash);
    expect(canonical({ b: [1, { d: null, c: 'x"' }], a: 0.5 })).toBe('{"a":0.5,"b":[1,{"c":"x\\"","d":null}]}');
  });

  it('cannot be changed by a mistake of Beckon’s own', () => {
    fill(1);
    expect(() => open.database.exec("UPDATE receipt_log SET record = 'x'")).toThrow('only added');
    expect(() => open.database.exec('DELETE FROM receipt_log')).toThrow('only added');
  });

  it.each([
    [
      'a byte that changed',
      "UPDATE receipt_log SET record = replace(record, '0.001', '0.002') WHERE number = 5",
      'changed',
      5,
    ],
    ['a line that is gone', 'DELETE FROM receipt_log WHERE number = 7', 'missing', 8],
    ['the first line gone', 'DELETE FROM receipt_log WHERE number = 1', 'missing', 2],
    [
      'two lines that changed places',
      'UPDATE receipt_log SET number = -4 WHERE number = 4; UPDATE receipt_log SET number = 4 WHERE number = 5; UPDATE receipt_log SET number = 5 WHERE number = -4',
      'moved',
      4,
    ],
    ['a line that is none', "UPDATE receipt_log SET record = '{', hash = 'x' WHERE number = 3", 'unreadable', 3],
    [
      'the lines at its end gone, with the entries there still',
      'DELETE FROM receipt_log WHERE number > 15',
      'end-missing',
      16,
    ],
    [
      'a cost that was made smaller where it is shown',
      'UPDATE receipts SET cost_high = 0 WHERE rowid = 1',
      'differs',
      1,
    ],
    ['an entry that was taken out where it is shown', 'DELETE FROM receipts WHERE rowid = 3', 'differs', 4],
    [
      'an entry that nothing was written of',
      "INSERT INTO receipts (id, purpose, state, host, model_id, model_name, began_at) VALUES ('e-x', 'answer', 'arrived', 'h', 'm', 'm', 1)",
      'end-missing',
      19,
    ],
  ])('says of %s what it is and where', (_, sql, what, line) => {
    fill();
    tamper(sql);
    expect(fault()).toMatchObject({ what, line });
  });

  it('says where a line was written anew together with its hash, in the line that follows', () => {
    const lines = fill();
    const link = receipts.links(4, 1)[0] as Link;
    const record = link.record.replace('api.example', 'elsewhere.example');
    tamper(`UPDATE receipt_log SET record = '${record}', hash = '${sha256Of(record)}' WHERE number = 4`);
    expect(fault()).toEqual({ what: 'replaced', line: 5, at: expect.any(Number), after: lines - 4 });
  });

  it('is told in the same way of a file that it was exported to', () => {
    fill(2);
    const text = receipts.links(1, -1).map(lineOf);
    const check = (lines: readonly string[]) => readLog(linksOfFile(`${lines.join('\n')}\n`)).fault;
    expect(check(text)).toBeNull();
    expect(check(text.filter((_, index) => index !== 2))).toMatchObject({ what: 'missing', line: 4, after: 3 });
    expect(check(text.with(1, text[2] ?? '').with(2, text[1] ?? ''))).toMatchObject({ what: 'moved', line: 3 });
    expect(check(text.with(3, (text[3] ?? '').replace('"begin"', '"call"')))).toMatchObject({
      what: 'changed',
      line: 4,
    });
    expect(check(text.with(3, 'not a line'))).toMatchObject({ what: 'unreadable', line: 4 });
  });

  it('verifies after a core died while it sent, and says that it may have been sent', () => {
    receipts.begin(entry);
    expect(receipts.verify()).toMatchObject({ lines: 1, fault: null });
    open.database.close();
    open = openDatabase(path);
    receipts = new Receipts(open.database, log);
    expect(receipts.list(5)).toMatchObject([
      { state: 'unknown', reserved: { currency: 'CNY', amount: 0.05 }, hidden: 2 },
    ]);
    expect(receipts.verify()).toMatchObject({ lines: 2, entries: 1, fault: null });
  });

  it('goes on from whichever line is the newest where two processes write', () => {
    const other = openDatabase(path);
    const others = new Receipts(other.database, log);
    for (let round = 0; round < 20; round += 1) {
      const [one, two] = [receipts.begin(entry), others.begin(entry)];
      others.settle(two, arrived);
      receipts.settle(one, arrived);
    }
    other.database.close();
    expect(receipts.verify()).toMatchObject({ lines: 80, entries: 40, fault: null });
  });

  it('takes names of models that are made to break it as they are, shortened', () => {
    const names = ['a\0b', '\ud800x', `${'m'.repeat(299)}😀`, '"},{"n":1', 'a\nb\u2028c', '\u202eevil'];
    for (const name of names) {
      const hostile = { ...to, modelId: `server:s-1:${name}`, modelName: name };
      receipts.settle(receipts.begin({ ...entry, to: hostile }), arrived);
      receipts.addLocal('m-gone', [local(name)]);
    }
    expect(receipts.verify().fault).toBeNull();
    expect(receipts.list(20).every(({ modelName }) => modelName.length <= 300)).toBe(true);
  });

  it('stays whole where its line cannot be written: then nothing is sent, and there is no entry', () => {
    fill(1);
    open.database.exec('ALTER TABLE receipt_log RENAME TO away');
    expect(() => receipts.begin(entry)).toThrow(/no such table/);
    open.database.exec('ALTER TABLE away RENAME TO receipt_log');
    expect(receipts.verify()).toMatchObject({ lines: 3, entries: 2, fault: null });
    expect(receipts.list(9)).toHaveLength(2);
  });

  it('is whole on a full disk: nothing is sent without its line, and what could not be settled is settled later', () => {
    const open_ = receipts.begin(entry);
    const pages = Number(Object.values(open.database.prepare('PRAGMA page_count').get() ?? {})[0]);
    open.database.exec(`PRAGMA max_page_count = ${pages}`);
    const refusals: unknown[] = [];
    for (let call = 0; call < 200 && refusals.length === 0; call += 1)
      try {
        receipts.begin(entry);
      } catch (error) {
        refusals.push(error);
      }
    expect(refusals).toMatchObject([{ code: 'sending/no-receipt', detail: { values: { context: 'disk-full' } } }]);
    for (let call = 0; call < 20; call += 1) receipts.addLocal('m-gone', [local()]);
    receipts.settle(open_, arrived);
    expect(receipts.verify().fault).toBeNull();
    open.database.exec('PRAGMA max_page_count = 100000');
    receipts.begin(entry);
    expect(receipts.verify().fault).toBeNull();
    expect(receipts.list(500).find(({ id }) => id === open_)?.state).toBe('arrived');
  });

  it('takes over the entries there were before it, and checks', () => {
    open.database.close();
    rmSync(path);
    const before = openDatabase(path, { migrations: migrations.slice(0, 9) });
    const insert = before.database.prepare(
      "INSERT INTO receipts (id, purpose, state, host, model_id, model_name, began_at, prompt_tokens) VALUES (?, 'answer', ?, 'h', 'm', 'm', ?, 5)",
    );
    for (const [index, state] of ['arrived', 'unknown', 'sending'].entries()) insert.run(`e-${index}`, state, index);
    before.database.close();
    open = openDatabase(path);
    receipts = new Receipts(open.database, log);
    expect(receipts.list(5).map(({ state }) => state)).toEqual(['unknown', 'unknown', 'arrived']);
    expect(receipts.verify()).toMatchObject({ lines: 4, entries: 3, fault: null });
    fill(1);
    expect(receipts.verify().fault).toBeNull();
  });

  it('is read over with a file that has to be mended, and checks', () => {
    fill();
    open.database.close();
    open = openDatabase(path, { isDamaged: true });
    receipts = new Receipts(open.database, log);
    expect(receipts.verify()).toMatchObject({ lines: 18, entries: 12, fault: null });
    fill(1);
    expect(receipts.verify().fault).toBeNull();
  });

  it('is checked and listed in a time that grows with its entries', () => {
    let entries = 0;
    expectLinear((size) => {
      if (entries < size) receipts.addLocal('m-gone', Array.from({ length: size - entries }, local));
      entries = size;
      expect(receipts.verify()).toMatchObject({ entries, fault: null });
      expect(receipts.list(50)).toHaveLength(50);
    }, 5000);
  });
});
