import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { careFor } from '../../../core/database/care.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { canonical, nothingBefore, sha256Of } from '../../../core/receipt-chain.ts';
import { Receipts } from '../../../core/receipts/receipts.ts';
import { readSpent } from '../../../core/receipts/spent-sums.ts';
import { lineOf, linksOfFile, readLog } from '../../../core/receipts/verify-log.ts';
import { breakTable } from '../../support/broken-pages.ts';
import { arrived, entry, fillLog, local } from '../../support/noted-calls.ts';

describe('the log of receipts of a file that was damaged', () => {
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

  it.each([
    ['without a copy', null],
    ['with a copy from before a call ended', 1],
    ['with a copy of half of the calls', 3],
  ])('gives back what calls cost where only their rows are damaged, %s', (_, copiedAfter) => {
    const ids: string[] = [];
    for (let call = 1; call <= 6; call += 1) {
      ids.push(receipts.begin(entry));
      if (call === copiedAfter) careFor({ path, fullCheck: true, copyAfterMs: 0 });
      if (call < 6) receipts.settle(ids.at(-1) ?? '', { ...arrived, error: 'server/cut' });
      receipts.addLocal('m-gone', [local()]);
    }
    const before = open.database.prepare('SELECT * FROM receipts ORDER BY id').all();
    const spent = readSpent(open.database, 0);
    open.database.close();
    breakTable(path, 'receipts');
    open = openDatabase(path, { isDamaged: true });
    expect(open.database.prepare('SELECT * FROM receipts ORDER BY id').all()).toEqual(before);
    receipts = new Receipts(open.database, log);
    expect(receipts.verify()).toMatchObject({ lines: 18, entries: 12, fault: null });
    // A budget has none of it to spend again.
    expect(readSpent(open.database, 0)).toEqual(spent);
  });

  it.each([
    ['dropped', (database: DatabaseSync) => database.exec('DROP TABLE receipt_log'), 12],
    ['damaged on its first page', null, 12],
  ])('says how many calls it proves nothing of, after it was %s', (_, harm, mended) => {
    fill();
    const spent = readSpent(open.database, 0);
    if (harm !== null) harm(open.database as DatabaseSync);
    open.database.close();
    if (harm === null) breakTable(path, 'receipt_log');
    open = openDatabase(path, { isDamaged: true });
    receipts = new Receipts(open.database, log);
    expect(receipts.verify()).toMatchObject({ entries: 12, fault: null, mended });
    expect(readSpent(open.database, 0)).toEqual(spent);
    // An export tells it as well, since the lines say so themselves.
    expect(readLog(linksOfFile(receipts.links(1, -1).map(lineOf).join('\n')))).toMatchObject({ fault: null, mended });
  });

  it.each(['9223372036854775807', '9007199254740991', '-9223372036854775808'])(
    'goes on after a line whose number was damaged to %s, and says which line that was',
    (number) => {
      fill(2);
      tamper(`UPDATE receipt_log SET number = ${number} WHERE number = 6`);
      fill(1);
      expect(receipts.verify().fault).not.toBeNull();
      open.database.close();
      open = openDatabase(path, { isDamaged: true });
      receipts = new Receipts(open.database, log);
      fill(1);
      const { fault: left, mended } = receipts.verify();
      expect(left ?? mended).toBeTruthy();
      expect(receipts.list(50)).toHaveLength(8);
    },
  );

  it('gives no row of a line that is not what its hash says, and takes no name of a column from one', () => {
    fill(1);
    const [first] = receipts.links(1, 1);
    const hostile = canonical({
      ...{ kind: 'before', id: 'e-x', at: 5, n: 9, prev: nothingBefore, v: 1 },
      entry: { host: 'h', began_at: 5, 'state) VALUES (1); DROP TABLE messages; --': 'x', state: 'odd', cost_high: -5 },
    });
    const add = open.database.prepare('INSERT INTO receipt_log VALUES (?, ?, ?, 5, ?, ?)');
    add.run(9, 'e-x', 'before', hostile, sha256Of(hostile));
    add.run(10, 'e-y', 'begin', first?.record ?? '', sha256Of('other'));
    add.run(11, 'e-z', 'begin', '[[[[', sha256Of('[[[['));
    open.database.close();
    open = openDatabase(path, { isDamaged: true });
    const rows = open.database
      .prepare("SELECT id, state, cost_high FROM receipts WHERE id LIKE 'e-_' ORDER BY id")
      .all();
    expect(rows).toEqual([{ id: 'e-x', state: 'unknown', cost_high: null }]);
    expect(open.database.prepare('SELECT count(*) AS n FROM messages').get()).toEqual({ n: 0 });
  });
});
