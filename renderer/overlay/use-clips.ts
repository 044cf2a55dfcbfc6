import { useEffect, useState } from 'react';
import type { Clip, ClipsState } from '../../contract/clips.ts';
import { useClient, useMirror } from '../app/backend.ts';
import type { View } from './list-rows.ts';

const searchAfterMs = 60;
const listed = 200;
/** What the box finds beside everything else. */
const foundInBox = 3;

/** What is kept of what was copied, as far as the view asks for it. */
export function useClips(view: View, text: string): { readonly clips: readonly Clip[]; readonly kept: ClipsState } {
  const client = useClient();
  const kept = useMirror('clips') ?? nothingKept;
  const [found, setFound] = useState<{ readonly asked: string; readonly clips: readonly Clip[] }>(nothingFound);
  const query = text.trim();
  const isWanted =
    kept.status !== 'off' && query.length <= 200 && (view === 'clips' || (view === 'box' && query !== ''));
  const asked = isWanted ? `${view} ${query}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when something was copied
  useEffect(() => {
    if (asked === '') return;
    const limit = view === 'clips' ? listed : foundInBox;
    const ask = () =>
      void client.request('clips.list', { query, limit }).then((answer) => {
        if (answer.ok) setFound({ asked, clips: answer.value });
      });
    const timer = setTimeout(ask, query === '' ? 0 : searchAfterMs);
    return () => clearTimeout(timer);
  }, [client, asked, kept.revision]);
  return { clips: asked !== '' && found.asked === asked ? found.clips : nothingFound.clips, kept };
}

const nothingKept: ClipsState = { status: 'off', count: 0, revision: 0, leftOut: null };
const nothingFound = { asked: '', clips: [] } as const;
