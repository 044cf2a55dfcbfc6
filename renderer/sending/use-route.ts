import { useEffect, useState } from 'react';
import type { InputOf, OutputOf } from '../../contract/define.ts';
import type { ModelRow } from '../../contract/model.ts';
import type { RendererContract } from '../../contract/renderer.ts';
import { useClient, useMirror } from '../app/backend.ts';

type Routed = RendererContract['requests']['run.route'];
export type Route = OutputOf<Routed>;

/** While somebody types, where it goes is asked for this long after the last key. */
const askAfterMs = 120;

/** Where the question that is being written would go; null where nothing but the chosen model decides that. */
export function useRoute({ conversationId, text, actionId, chipIds }: InputOf<Routed>): Route | null {
  const client = useClient();
  const settings = useMirror('settings');
  const rules = useMirror('rules');
  const isDecided = useIsDecided();
  const [route, setRoute] = useState<Route | null>(null);
  const chips = chipIds.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was told goes when nothing decides any more
  useEffect(() => () => setRoute(null), [isDecided]);
  // An effect of each letter sets no state: fifty of them that wait behind faster letters, and React refuses the text itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: chips stand for their list; settings and rules decide, too
  useEffect(() => {
    if (!isDecided) return;
    let isLeft = false;
    const timer = setTimeout(() => {
      void client.request('run.route', { conversationId, text, actionId, chipIds: [...chipIds] }).then((answer) => {
        if (!isLeft) setRoute(answer.ok ? answer.value : null);
      });
    }, askAfterMs);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [client, isDecided, conversationId, text, actionId, chips, settings?.modelId, settings?.actionModels, rules]);
  return isDecided ? route : null;
}

/** Whether something of a chat may go to another machine, so that it can be looked at before. */
export function useMayGoAway(models: readonly ModelRow[]): boolean {
  const isDecided = useIsDecided();
  const isAway = ({ chosen, kind }: ModelRow) => kind === 'server' && (chosen || isDecided);
  return models.some(isAway);
}

function useIsDecided(): boolean {
  const hasRules = (useMirror('rules')?.list.length ?? 0) > 0;
  const hasModels = Object.keys(useMirror('settings')?.actionModels ?? {}).length > 0;
  return hasRules || hasModels;
}
