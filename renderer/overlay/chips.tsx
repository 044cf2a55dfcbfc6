import { TextSelect } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { languageOfText } from '../app/look.ts';
import { showHidden } from './show-hidden.ts';

/** The chips that go along with the next question. */
export function useChips(): readonly ContextChip[] {
  return useMirror('context')?.chips ?? none;
}

const none: readonly ContextChip[] = [];

/** Under the input: what was captured, on or off, and on Enter exactly what would be sent. */
export function Chips(): ReactNode {
  const { t } = useTranslation('overlay');
  const chips = useChips();
  const capturing = useMirror('context')?.capturing === true;
  const [previewed, setPreviewed] = useState<string | null>(null);
  if (chips.length === 0 && !capturing) return null;
  const shown = chips.find(({ id, status }) => id === previewed && status === 'ready');
  return (
    <>
      <fieldset className="chips" aria-label={t('chip.group')}>
        {capturing && <span className="chip reading-now">{t('chip.selection')}</span>}
        {chips.map((chip) =>
          chip.status === 'ready' ? (
            <Chip key={chip.id} chip={chip} onPreview={() => setPreviewed((id) => (id === chip.id ? null : chip.id))} />
          ) : (
            <Cause key={chip.id} chip={chip} />
          ),
        )}
      </fieldset>
      {shown !== undefined && <Preview chip={shown} />}
    </>
  );
}

function Chip({ chip, onPreview }: { readonly chip: ContextChip; readonly onPreview: () => void }): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const { id, on, words, application, fresh } = chip;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    onPreview();
  };
  const about = [t('chip.words', { count: words }), application, fresh ? null : t('chip.old')];
  return (
    <button
      type="button"
      className={on ? 'chip on' : 'chip'}
      aria-pressed={on}
      title={t('chip.help')}
      onKeyDown={onKeyDown}
      onClick={() => void client.request('context.turn', { chipId: id, on: !on })}
    >
      <TextSelect size={14} strokeWidth={1.6} aria-hidden />
      <b>{t('chip.selection')}</b> {about.filter((part) => part !== null).join(' · ')}
    </button>
  );
}

/** A capture that ended in a cause says it, and what to do. */
function Cause({ chip }: { readonly chip: ContextChip }): ReactNode {
  const sayError = useSayError();
  return chip.cause === null ? null : (
    <span className="note chip-cause" role="alert">
      {sayError(chip.cause)}
    </span>
  );
}

function Preview({ chip }: { readonly chip: ContextChip }): ReactNode {
  const { t } = useTranslation('overlay');
  const { preview, characters, title } = chip;
  const more = characters - preview.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="preview" tabIndex={0} aria-label={t('chip.preview')}>
      {title !== null && <p className="dim small">{showHidden(title)}</p>}
      <p className="preview-text" lang={languageOfText(preview)}>
        {showHidden(preview)}
      </p>
      {more > 0 && <p className="dim small">{t('chip.more', { count: more })}</p>}
    </section>
  );
}
