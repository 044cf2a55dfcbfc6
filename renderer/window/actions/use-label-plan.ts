import { useEffect, useState } from 'react';
import type { LabelPlan } from '../../../contract/label.ts';
import { useClient, useMirror } from '../../app/backend.ts';

/** Where the values of a text's steps can go; null until that is known. What decides it is looked at again when it changes. */
export function useLabelPlan(text: string, modelId: string | null): LabelPlan | null {
  const client = useClient();
  const settings = useMirror('settings');
  const [plan, setPlan] = useState<LabelPlan | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen model, models of actions and servers decide, too
  useEffect(() => {
    let isLeft = false;
    void client.request('atom.plan', { text, modelId }).then((answer) => {
      if (!isLeft && answer.ok) setPlan(answer.value);
    });
    return () => {
      isLeft = true;
    };
  }, [client, text, modelId, settings?.modelId, settings?.actionModels, settings?.servers]);
  return plan;
}
