import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { careFor } from '../../../core/database/care.ts';
import { canonical, nothingBefore, sha256Of } from '../../../core/receipt-chain.ts';
import { readSpent } from '../../../core/receipts/spent-sums.ts';
import { lineOf, linksOfFile, readLog } from '../../../core/receipts/verify-log.ts';
import { breakTable } from '../../support/broken-pages.ts';
import { arrived, entry, fillLog, local } from '../../support/noted-calls.ts';
import { ReceiptFile } from '../../support/receipt-file.ts';

describe('the log of receipts of a file that was damaged', () => {
  let file: ReceiptFile;
  beforeEach(() => {
    file = new ReceiptFile();
  });
  afterEach(() => file.remove());

  const fill = (calls?: number) => fillLog(file.receipts, calls);

  it.each([
    ['without a copy', null],
    ['with a copy from before a call ended', 1],
    ['with a copy of half of the calls', 3],
  ])('gives back what calls cost where only their rows are damaged, %s', (_, copiedAfter) => {
    const ids: string[] = [];
    for (let call = 1; call <= 6; call += 1) {
      ids.push(file.receipts.begin(entry));
      if (call === copiedAfter) careFor({ path: file.path, fullCheck: true, copyAfterMs: 0 });
      if (call < 6) file.receipts.settle(ids.at(-1) ?? '', { ...arrived, error: 'server/cut' });
      file.receipts.addLocal('m-gone', [local()]);
    }
    const before = file.database.prepare('SELECT * FROM receipts ORDER BY id').all();
    const spent = readSpent(file.database, 0);
    file.again(
      () => {
        breakTable(file.path, 'receipts');
      },
      { isDamaged: true },
    );
    expect(file.database.prepare('SELECT * FROM receipts ORDER BY id').all()).toEqual(before);
    expect(file.receipts.verify()).toMatchObject({ lines: 18, entries: 12, fault: null });
    // A budget has none of it to spend again.
    expect(readSpent(file.database, 0)).toEqual(spent);
  });

  it.each([
    ['dropped', (database: DatabaseSync) => database.exec('DROP TABLE receipt_log'), 12],
    ['damaged on its first page', null, 12],
  ])('says how many calls it proves nothing of, after it was %s', (_, harm, mended) => {
    fill();
    const spent = readSpent(file.database, 0);
    if (harm !== null) harm(file.database as DatabaseSync);
    file.again(
      () => {
        if (harm === null) breakTable(file.path, 'receipt_log');
      },
      { isDamaged: true },
    );
    expect(file.receipts.verify()).toMatchObject({ entries: 12, fault: null, mended });
    expect(readSpent(file.database, 0)).toEqual(spent);
    // An export tells it as well, since the lines say so themselves.
    expect(readLog(linksOfFile(file.receipts.links(1, -1).map(lineOf).join('\n')))).toMatchObject({
      fault: null,
      mended,
    });
  });

  it.each(['9223372036854775807', '9007199254740991', '-9223372036854775808'])(
    'goes on after a line whose number was damaged to %s, and says which line that was',
    (number) => {
      fill(2);
      file.tamper(`UPDATE receipt_log SET number = ${number} WHERE number = 6`);
      fill(1);
      expect(file.receipts.verify().fault).not.toBeNull();
      file.again(() => {}, { isDamaged: true });
      fill(1);
      const { fault: left, mended } = file.receipts.verify();
      expect(left ?? mended).toBeTruthy();
      expect(file.receipts.list(50)).toHaveLength(8);
    },
  );

  it('gives no row of a line that is not what its hash says, and takes no name of a column from one', () => {
    fill(1);
    const [first] = file.receipts.links(1, 1);
    const hostile = canonical({
      ...{ kind: 'before', id: 'e-x', at: 5, n: 9, prev: nothingBefore, v: 1 },
      entry: { host: 'h', began_at: 5, 'state) VALUES (1); DROP TABLE messages; --': 'x', state: 'odd', cost_high: -5 },
    });
    const add = file.database.prepare('INSERT INTO receipt_log VALUES (?, ?, ?, 5, ?, ?)');
    add.run(9, 'e-x', 'before', hostile, sha256Of(hostile));
    add.run(10, 'e-y', 'begin', first?.record ?? '', sha256Of('other'));
    add.run(11, 'e-z', 'begin', '[[[[', sha256Of('[[[['));
    file.again(() => {}, { isDamaged: true });
    const rows = file.database
      .prepare("SELECT id, state, cost_high FROM receipts WHERE id LIKE 'e-_' ORDER BY id")
      .all();
    expect(rows).toEqual([{ id: 'e-x', state: 'unknown', cost_high: null }]);
    expect(file.database.prepare('SELECT count(*) AS n FROM messages').get()).toEqual({ n: 0 });
  });
});
