import * as z from 'zod';
import { type Contract, request } from '../define.ts';
import * as ids from '../ids.ts';
import { answerReceiptSchema, logReportSchema, receiptRowSchema } from '../receipt-log.ts';
import { usageSchema } from '../usage.ts';

const none = z.strictObject({});

/** What models were asked, and the proof of it. */
export const receiptsRoutes = {
  requests: {
    /** The newest first, without the first `skip`. */
    'receipts.list': request(
      z.strictObject({ limit: z.int().min(1).max(1000), skip: z.int().min(0).max(100_000_000).default(0) }),
      'free',
    ).returns(z.array(receiptRowSchema)),
    /** All that was written down of the calls for an answer; empty where there were none, or it is from before there was a log. */
    'receipts.ofAnswer': request(z.strictObject({ answerId: ids.messageId }), 'free').returns(answerReceiptSchema),
    /** What was asked and what it cost, from a time on: in milliseconds since 1970, by the days of this machine's clock. */
    'usage.read': request(z.strictObject({ from: z.int().min(0).max(8.64e15) }), 'free').returns(usageSchema),
    /** Checks the whole log; takes about a second for 100,000 entries. */
    'receipts.verify': request(none, 'free').returns(logReportSchema),
    /**
     * Lines of the log as they are exported, from a number on: `{"hash": …, "record": …}`. `next` is where those that follow
     * begin; null at the end.
     */
    'receipts.lines': request(z.strictObject({ from: z.int().min(1), most: z.int().min(1).max(2000) })).returns(
      z.strictObject({ lines: z.array(z.string()), next: z.number().nullable() }),
    ),
    /** Writes all lines to a file, whole or not at all. Fails with `export/not-written` and `disk/…`. */
    'receipts.write': request(z.strictObject({ path: z.string().min(1).max(4096) })).returns(
      z.strictObject({ lines: z.number() }),
    ),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
