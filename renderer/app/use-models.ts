import { useEffect, useMemo, useState } from 'react';
import type { ModelRow } from '../../contract/model.ts';
import { useClient, useMirror } from './backend.ts';

/** The models that can answer, the only ones to choose among. */
export function useModels(): readonly ModelRow[] {
  const rows = useAllModels();
  return useMemo(() => rows.filter(({ purpose }) => purpose === 'chat'), [rows]);
}

/** The list of models, asked for again whenever something that it shows has changed. */
export function useAllModels(): readonly ModelRow[] {
  const client = useClient();
  const settings = useMirror('settings');
  const shell = useMirror('shell');
  const jobs = useMirror('jobs');
  const engine = useMirror('engine');
  const library = useMirror('library');
  const [rows, setRows] = useState<readonly ModelRow[]>([]);
  const key = JSON.stringify([
    settings?.modelId,
    settings?.servers,
    settings?.modelFiles,
    shell?.core,
    library?.modelsRevision,
    jobs?.jobs.map(({ id, status, stage }) => [id, status, stage]),
    engine?.status === 'ready',
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for everything that changes the list
  useEffect(() => {
    let current = true;
    void client.request('model.list', {}).then((answer) => {
      if (current && answer.ok) setRows(answer.value);
    });
    return () => {
      current = false;
    };
  }, [client, key]);
  return rows;
}
