import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LineChange } from '../../../contract/atom-edit.ts';
import { showHidden } from '../../../locales/show-hidden.ts';
import { useClient } from '../../app/backend.ts';
import { readDoc, write } from './doc.ts';

export interface LineChangesProps {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}

const signs = { same: ' ', removed: '−', added: '+' } as const;

/** The lines in which one text differs from another: by sign, word and colour. */
export function LineChanges({ before, after, label }: LineChangesProps): ReactNode {
  const { t } = useTranslation('editor');
  const isAlike = sameForm(before) === sameForm(after);
  const changes = useCompared(isAlike ? before : sameForm(before), isAlike ? after : sameForm(after));
  const lines = changes.flatMap(({ kind, lines: of }) => of.map((line) => ({ kind, line })));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it
    <section className="line-changes" tabIndex={0} aria-label={label}>
      {lines.map(({ kind, line }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
        <div key={index} className={`change-line ${kind}`}>
          <span aria-hidden>{signs[kind]}</span>
          {kind !== 'same' && <span className="hidden-live">{t(`${kind}Line`)}</span>}
          <code>{showHidden(line)}</code>
        </div>
      ))}
    </section>
  );
}

/** The text as the form writes it: that lines are cut otherwise is no change of what a file says. */
function sameForm(text: string): string {
  const doc = readDoc(text);
  return doc === null ? text : write(doc);
}

function useCompared(before: string, after: string): readonly LineChange[] {
  const client = useClient();
  const [changes, setChanges] = useState<readonly LineChange[]>([]);
  useEffect(() => {
    let gone = false;
    void client.request('atom.compare', { before, after }).then((answer) => {
      if (!gone && answer.ok) setChanges(answer.value);
    });
    return () => {
      gone = true;
    };
  }, [client, before, after]);
  return changes;
}
