import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookedUpSentence } from '../../contract/grounding.ts';
import { sayLocator } from '../../locales/say-locator.ts';
import { showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { type Citation, usePassageDesk } from './citations.ts';
import { useOpenPassage } from './use-open-passage.ts';

interface PassageProps extends Pick<LookedUpSentence, 'nearest'> {
  /** All of the answer, among which this one is found by its sentence; empty for an answer that is not stored. */
  readonly citations: readonly Citation[];
  readonly number: number;
}

/** The passage nearest to a sentence. Its place shows it beside the answer, or opens its file there. */
export function Passage({ nearest, citations, number }: PassageProps): ReactNode {
  const { t } = useTranslation('common');
  if (nearest === null) return <p className="cited-text">{t('grounding.noneNear')}</p>;
  const citation = citations.find((each) => each.number === number);
  if (citation !== undefined) return <Cited nearest={nearest} citation={citation} citations={citations} />;
  return (
    <p className="cited-text" lang={glyphLanguageOf(nearest.text)}>
      {nearest.locator !== null && <b>{sayLocator(t, nearest.locator)} </b>}
      {showTurns(nearest.text)}
    </p>
  );
}

interface CitedProps {
  readonly nearest: NonNullable<LookedUpSentence['nearest']>;
  readonly citation: Citation;
  readonly citations: readonly Citation[];
}

function Cited({ nearest, citation, citations }: CitedProps): ReactNode {
  const { open, saidOf } = useOpenPassage();
  const said = saidOf(citation);
  return (
    <>
      <p className="cited-text" lang={glyphLanguageOf(nearest.text)}>
        <Place citation={citation} citations={citations} onOpen={open} /> {showTurns(nearest.text)}
      </p>
      {said !== null && (
        <p className="receipt" role="status">
          {said.text}
        </p>
      )}
    </>
  );
}

interface PlaceProps {
  readonly citation: Citation;
  readonly citations: readonly Citation[];
  readonly onOpen: (citation: Citation) => void;
}

function Place({ citation, citations, onOpen }: PlaceProps): ReactNode {
  const { t } = useTranslation('common');
  const desk = usePassageDesk();
  const place = citation.locator === null ? null : sayLocator(t, citation.locator);
  // A text that was read from no file has no place in one.
  if (desk === null && place === null) return null;
  const isShown = desk?.shown?.messageId === citation.messageId && desk.shown.number === citation.number;
  return (
    <button
      type="button"
      className="cited"
      title={t(desk === null ? 'passage.open' : 'passage.show')}
      {...(desk === null ? {} : { 'aria-pressed': isShown })}
      onClick={() => (desk === null ? onOpen(citation) : desk.show(citations, citations.indexOf(citation)))}
    >
      <span className="cited-number">{citation.number}</span>
      {place !== null && <b>{place}</b>}
    </button>
  );
}
