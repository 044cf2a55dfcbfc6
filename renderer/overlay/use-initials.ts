import type { i18n } from 'i18next';
import { useEffect, useState } from 'react';
import { useClient, useMirror } from '../app/backend.ts';
import { chineseNames, type Initials } from './commands/name-commands.ts';

const none: Initials = {};

/** The pinyin initials of the names of commands, which core knows; none in the first moment, and while core is away. */
export function useInitials(translator: i18n): Initials {
  const client = useClient();
  const core = useMirror('shell')?.core;
  const [initials, setInitials] = useState(none);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once core is there, and anew after it failed
  useEffect(() => {
    if (core !== 'running' || initials !== none) return;
    const names = chineseNames(translator);
    void client.request('pinyin.initials', { texts: [...names] }).then((answer) => {
      if (!answer.ok) return;
      const { initials: found } = answer.value;
      setInitials(Object.fromEntries(names.map((name, at) => [name, found[at] ?? ''])));
    });
  }, [client, core]);
  return initials;
}
