import { useEffect, useState } from 'react';
import type { Usage } from '../../../contract/usage.ts';
import { useClient, useMirror } from '../../app/backend.ts';
import { beginOf, type Span } from './figures.ts';

/** What models were asked, read anew when an answer has ended, the budget changes, or the page is opened. */
export function useUsage(span: Span): Usage | null {
  const client = useClient();
  const core = useMirror('shell')?.core;
  const running = useMirror('library')?.runningRuns.length;
  const budget = JSON.stringify(useMirror('settings')?.budget);
  const revision = useMirror('navigation')?.revision;
  const [usage, setUsage] = useState<Usage | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they stand for everything that changes what is read
  useEffect(() => {
    let current = true;
    void client.request('usage.read', { from: beginOf(span, new Date()) }).then((answer) => {
      if (current && answer.ok) setUsage(answer.value);
    });
    return () => {
      current = false;
    };
  }, [client, core, running, budget, revision, span]);
  return usage;
}
