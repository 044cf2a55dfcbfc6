import { ChevronDown, ChevronUp, Copy, ExternalLink, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Passage } from '../../contract/passage.ts';
import { sayLocator } from '../../locales/say-locator.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import type { Citation } from '../answer/citations.ts';
import { useSayError } from '../answer/say-error.ts';
import { type OpeningSaid, useOpenPassage } from '../answer/use-open-passage.ts';
import { useClient } from '../app/backend.ts';
import { IconButton } from '../ui/icon-button.tsx';

interface PassagePaneProps {
  readonly citation: Citation;
  /** Goes to another one, so many further; null at the end of them. */
  readonly onGo: (by: -1 | 1) => void;
  readonly onClose: () => void;
}

/** The passage of a citation beside the answer, in what stands around it: arrows go on, Enter opens the file, Escape closes. */
export function PassagePane({ citation, onGo, onClose }: PassagePaneProps): ReactNode {
  const { t } = useTranslation('common');
  const pane = useRef<HTMLElement>(null);
  const { passage, error } = usePassage(citation);
  const opening = useOpenPassage();
  useEffect(() => pane.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'ArrowDown') onGo(1);
    else if (event.key === 'ArrowUp') onGo(-1);
    else if (event.key === 'Enter' && event.target === pane.current) opening.open(citation);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes, too */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes, too */}
      <div className="passage-scrim" onClick={onClose} />
      <aside className="passage-pane" aria-label={t('passage.pane')} ref={pane} tabIndex={-1} onKeyDown={onKeyDown}>
        <Head passage={passage} onOpen={() => opening.open(citation)} onClose={onClose} />
        <Around passage={passage} error={error} said={opening.saidOf(citation)} />
        <footer className="passage-foot">
          <span className="cited-number">{citation.number}</span>
          <span className="passage-sentence" lang={glyphLanguageOf(citation.sentence)}>
            {showHiddenInLine(citation.sentence)}
          </span>
          <IconButton name={t('passage.before')} icon={ChevronUp} onPress={() => onGo(-1)} />
          <IconButton name={t('passage.next')} icon={ChevronDown} onPress={() => onGo(1)} />
        </footer>
      </aside>
    </>
  );
}

interface HeadProps {
  readonly passage: Passage | null;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

function Head({ passage, onOpen, onClose }: HeadProps): ReactNode {
  const { t } = useTranslation('common');
  const client = useClient();
  const place = passage?.locator == null ? null : sayLocator(t, passage.locator);
  const title = showHiddenInLine(passage?.title ?? t('passage.pane'));
  const copy = () => void client.request('clipboard.writeText', { text: passage?.passage ?? '' });
  return (
    <header className="passage-title">
      <div className="passage-name">
        <h2 title={title}>{title}</h2>
        {place !== null && <span className="passage-place">{place}</span>}
      </div>
      <IconButton name={t('passage.copy')} icon={Copy} onPress={copy} />
      {passage !== null && passage.file !== 'none' && passage.file !== 'gone' && (
        <IconButton name={t('passage.open')} icon={ExternalLink} onPress={onOpen} />
      )}
      <IconButton name={t('passage.close')} icon={X} onPress={onClose} />
    </header>
  );
}

interface AroundProps {
  readonly passage: Passage | null;
  readonly error: AppErrorShape | null;
  /** How opening the file went. */
  readonly said: OpeningSaid | null;
}

function Around({ passage, error, said }: AroundProps): ReactNode {
  const { t } = useTranslation('common');
  const mark = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another passage is looked for anew
  useEffect(() => mark.current?.scrollIntoView({ block: 'center' }), [passage]);
  const isMarked = passage?.file !== 'changed';
  return (
    <>
      <PassageNotes passage={passage} error={error} said={said} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="passage-around" tabIndex={0} aria-label={t('passage.around')}>
        {passage !== null && (
          <p className="passage-text" lang={glyphLanguageOf(passage.passage)}>
            {showTurns(passage.before)}
            {isMarked ? <mark ref={mark}>{showTurns(passage.passage)}</mark> : showTurns(passage.passage)}
            {showTurns(passage.after)}
          </p>
        )}
      </section>
    </>
  );
}

/** What is said of the passage stands above what scrolls, or the marked passage in the middle would push it out of sight. */
function PassageNotes({ passage, error, said }: AroundProps): ReactNode {
  const { t } = useTranslation('common');
  const sayError = useSayError();
  const changed = passage?.file === 'changed' || passage?.file === 'gone' ? passage.file : null;
  if (said === null && error === null && changed === null) return null;
  return (
    <div className="passage-notes">
      {said !== null && (
        <p className={`note ${said.tone}`} role="status">
          {said.text}
        </p>
      )}
      {error !== null && <p className="note danger">{sayError(error)}</p>}
      {changed !== null && <p className="note">{t(`passage.${changed}`)}</p>}
    </div>
  );
}

/** What stands around a passage; the one before stays until the next is there, so that nothing jumps. */
function usePassage({ messageId, at }: Citation): { passage: Passage | null; error: AppErrorShape | null } {
  const client = useClient();
  const [found, setFound] = useState<{ passage: Passage | null; error: AppErrorShape | null }>(nothing);
  useEffect(() => {
    let gone = false;
    const ask = async () => {
      const answer = await client.request('passage.show', { messageId, at });
      if (!gone) setFound(answer.ok ? { passage: answer.value, error: null } : { passage: null, error: answer.error });
    };
    void ask();
    return () => {
      gone = true;
    };
  }, [client, messageId, at]);
  return found;
}

const nothing = { passage: null, error: null };
