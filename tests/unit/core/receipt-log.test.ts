import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../../core/database/migrations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { canonical, type Link, nothingBefore, sha256Of } from '../../../core/receipt-chain.ts';
import { Receipts } from '../../../core/receipts/receipts.ts';
import { lineOf, linksOfFile, readLog } from '../../../core/receipts/verify-log.ts';
import { expectLinear } from '../../support/growth.ts';
import { arrived, entry, fillLog, local, to } from '../../support/noted-calls.ts';
import { ReceiptFile, silent } from '../../support/receipt-file.ts';

describe('the log of receipts', () => {
  let file: ReceiptFile;
  beforeEach(() => {
    file = new ReceiptFile();
  });
  afterEach(() => file.remove());

  const fill = (calls?: number) => fillLog(file.receipts, calls);
  const fault = () => file.receipts.verify().fault;

  it('is unbroken after calls of servers and of this machine, and tells how many they were', () => {
    expect(file.receipts.verify()).toEqual({ lines: 0, entries: 0, head: null, fault: null });
    const lines = fill();
    expect(file.receipts.verify()).toMatchObject({ lines, entries: 12, fault: null });
    expect(file.receipts.verify().head).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has the hash of a line in the next one, over a form that everybody can make again', () => {
    fill(1);
    const [first, second] = file.receipts.links(1, 2);
    expect(JSON.parse(first?.record ?? '')).toMatchObject({ n: 1, prev: nothingBefore, kind: 'begin', v: 1 });
    expect(JSON.parse(second?.record ?? '')).toMatchObject({ n: 2, prev: first?.hash, kind: 'settle' });
    expect(canonical(JSON.parse(second?.record ?? ''))).toBe(second?.record);
    expect(sha256Of(second?.record ?? '')).toBe(second?.hash);
    expect(canonical({ b: [1, { d: null, c: 'x"' }], a: 0.5 })).toBe('{"a":0.5,"b":[1,{"c":"x\\"","d":null}]}');
  });

  it('cannot be changed by a mistake of Beckon’s own', () => {
    fill(1);
    expect(() => file.database.exec("UPDATE receipt_log SET record = 'x'")).toThrow('only added');
    expect(() => file.database.exec('DELETE FROM receipt_log')).toThrow('only added');
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
    file.tamper(sql);
    expect(fault()).toMatchObject({ what, line });
  });

  it('says where a line was written anew together with its hash, in the line that follows', () => {
    const lines = fill();
    const link = file.receipts.links(4, 1)[0] as Link;
    const record = link.record.replace('api.example', 'elsewhere.example');
    file.tamper(`UPDATE receipt_log SET record = '${record}', hash = '${sha256Of(record)}' WHERE number = 4`);
    expect(fault()).toEqual({ what: 'replaced', line: 5, at: expect.any(Number), after: lines - 4 });
  });

  it('is told in the same way of a file that it was exported to', () => {
    fill(2);
    const text = file.receipts.links(1, -1).map(lineOf);
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
    file.receipts.begin(entry);
    expect(file.receipts.verify()).toMatchObject({ lines: 1, fault: null });
    file.again();
    expect(file.receipts.list(5)).toMatchObject([
      { state: 'unknown', reserved: { currency: 'CNY', amount: 0.05 }, hidden: 2 },
    ]);
    expect(file.receipts.verify()).toMatchObject({ lines: 2, entries: 1, fault: null });
  });

  it('goes on from whichever line is the newest where two processes write', () => {
    const other = openDatabase(file.path);
    const others = new Receipts(other.database, silent);
    for (let round = 0; round < 20; round += 1) {
      const [one, two] = [file.receipts.begin(entry), others.begin(entry)];
      others.settle(two, arrived);
      file.receipts.settle(one, arrived);
    }
    other.database.close();
    expect(file.receipts.verify()).toMatchObject({ lines: 80, entries: 40, fault: null });
  });

  it('takes names of models that are made to break it as they are, shortened', () => {
    const names = ['a\0b', '\ud800x', `${'m'.repeat(299)}😀`, '"},{"n":1', 'a\nb\u2028c', '\u202eevil'];
    for (const name of names) {
      const hostile = { ...to, modelId: `server:s-1:${name}`, modelName: name };
      file.receipts.settle(file.receipts.begin({ ...entry, to: hostile }), arrived);
      file.receipts.addLocal('m-gone', [local(name)]);
    }
    expect(file.receipts.verify().fault).toBeNull();
    expect(file.receipts.list(20).every(({ modelName }) => modelName.length <= 300)).toBe(true);
  });

  it('stays whole where its line cannot be written: then nothing is sent, and there is no entry', () => {
    fill(1);
    file.database.exec('ALTER TABLE receipt_log RENAME TO away');
    expect(() => file.receipts.begin(entry)).toThrow(/no such table/);
    file.database.exec('ALTER TABLE away RENAME TO receipt_log');
    expect(file.receipts.verify()).toMatchObject({ lines: 3, entries: 2, fault: null });
    expect(file.receipts.list(9)).toHaveLength(2);
  });

  it('is whole on a full disk: nothing is sent without its line, and what could not be settled is settled later', () => {
    const open_ = file.receipts.begin(entry);
    const pages = Number(Object.values(file.database.prepare('PRAGMA page_count').get() ?? {})[0]);
    file.database.exec(`PRAGMA max_page_count = ${pages}`);
    const refusals: unknown[] = [];
    for (let call = 0; call < 200 && refusals.length === 0; call += 1)
      try {
        file.receipts.begin(entry);
      } catch (error) {
        refusals.push(error);
      }
    expect(refusals).toMatchObject([{ code: 'sending/no-receipt', detail: { values: { context: 'disk-full' } } }]);
    for (let call = 0; call < 20; call += 1) file.receipts.addLocal('m-gone', [local()]);
    file.receipts.settle(open_, arrived);
    expect(file.receipts.verify().fault).toBeNull();
    file.database.exec('PRAGMA max_page_count = 100000');
    file.receipts.begin(entry);
    expect(file.receipts.verify().fault).toBeNull();
    expect(file.receipts.list(500).find(({ id }) => id === open_)?.state).toBe('arrived');
  });

  it('takes over the entries there were before it, and checks', () => {
    file.again(() => {
      rmSync(file.path);
      const before = openDatabase(file.path, { migrations: migrations.slice(0, 9) });
      const insert = before.database.prepare(
        "INSERT INTO receipts (id, purpose, state, host, model_id, model_name, began_at, prompt_tokens) VALUES (?, 'answer', ?, 'h', 'm', 'm', ?, 5)",
      );
      for (const [index, state] of ['arrived', 'unknown', 'sending'].entries()) insert.run(`e-${index}`, state, index);
      before.database.close();
    });
    expect(file.receipts.list(5).map(({ state }) => state)).toEqual(['unknown', 'unknown', 'arrived']);
    expect(file.receipts.verify()).toMatchObject({ lines: 4, entries: 3, fault: null });
    fill(1);
    expect(file.receipts.verify().fault).toBeNull();
  });

  it('is read over with a file that has to be mended, and checks', () => {
    fill();
    file.again(() => {}, { isDamaged: true });
    expect(file.receipts.verify()).toMatchObject({ lines: 18, entries: 12, fault: null });
    fill(1);
    expect(file.receipts.verify().fault).toBeNull();
  });

  it('is checked and listed in a time that grows with its entries', () => {
    let entries = 0;
    expectLinear((size) => {
      if (entries < size) file.receipts.addLocal('m-gone', Array.from({ length: size - entries }, local));
      entries = size;
      expect(file.receipts.verify()).toMatchObject({ entries, fault: null });
      expect(file.receipts.list(50)).toHaveLength(50);
    }, 5000);
  });
});
