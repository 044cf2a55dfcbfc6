import { useEffect, useState } from 'react';
import type { AnswerReceipt } from '../../contract/receipt-log.ts';
import { useClient } from '../app/backend.ts';

/** What was written down of the calls for an answer; `failed` where it could not be read, null while it is. */
export function useAnswerReceipt(answerId: string): AnswerReceipt | 'failed' | null {
  const client = useClient();
  const [read, setRead] = useState<AnswerReceipt | 'failed' | null>(null);
  useEffect(() => {
    let isLeft = false;
    setRead(null);
    void client.request('receipts.ofAnswer', { answerId }).then((answer) => {
      if (!isLeft) setRead(answer.ok ? answer.value : 'failed');
    });
    return () => {
      isLeft = true;
    };
  }, [client, answerId]);
  return read;
}
