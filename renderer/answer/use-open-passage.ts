import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Opened } from '../../contract/passage.ts';
import { sayLocator } from '../../locales/say-locator.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useClient } from '../app/backend.ts';
import type { Citation } from './citations.ts';
import { useSayError } from './say-error.ts';

type Outcome = { readonly of: Citation } & ({ readonly opened: Opened } | { readonly error: AppErrorShape });

/** What is said of how opening a file went, and the class of the note that says so: nobody is warned of what went well. */
export interface OpeningSaid {
  readonly text: string;
  readonly tone: 'ok' | 'warn' | 'danger';
}

/** Opens the file of a passage at its place, and what is said of how that went. */
export function useOpenPassage(): {
  readonly open: (citation: Citation) => void;
  readonly saidOf: (citation: Citation) => OpeningSaid | null;
} {
  const { t } = useTranslation('common');
  const client = useClient();
  const sayError = useSayError();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const open = async (citation: Citation) => {
    setOutcome(null);
    const answer = await client.request('passage.open', { messageId: citation.messageId, at: citation.at });
    setOutcome({ of: citation, ...(answer.ok ? { opened: answer.value } : { error: answer.error }) });
  };
  const saidOf = (citation: Citation): OpeningSaid | null => {
    if (outcome === null || outcome.of.messageId !== citation.messageId || outcome.of.number !== citation.number)
      return null;
    if ('error' in outcome) return { text: sayError(outcome.error), tone: 'danger' };
    const { how, viewer } = outcome.opened;
    if (how === 'at-place') {
      const named = viewer !== null && t('passage.openedIn', { viewer: showHiddenInLine(viewer) });
      return { text: named || t('passage.openedAt'), tone: 'ok' };
    }
    const place = citation.locator === null ? null : sayLocator(t, citation.locator);
    if (place === null) return { text: t('passage.opened'), tone: 'ok' };
    return { text: t('passage.openedWithout', { place }), tone: 'warn' };
  };
  return { open: (citation) => void open(citation), saidOf };
}
