import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookedUpSentence } from '../../contract/grounding.ts';
import { showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { citationsOf } from './citations.ts';
import { Passage } from './passage.tsx';
import type { LookedUp } from './use-looked-up.ts';

/** Marks that the line names; the others are reached from one to the next. */
const mostNamed = 2;
/** Stands in a sentence for the list that is put there. */
const gap = '\u0000';

/**
 * Under an answer about a text: that its words were looked up, which figures, dates and names stand nowhere in the text, and
 * that nothing else was checked. Opened, each sentence with the passage nearest to it.
 */
export function Grounding({ text, lookedUp }: { readonly text: string; readonly lookedUp: LookedUp }): ReactNode {
  const { t } = useTranslation('common');
  const { grounding, marks, chosen } = lookedUp;
  if (grounding.status === 'nothing') return null;
  if (grounding.status === 'other-language') return <p className="receipt">{t('grounding.otherLanguage')}</p>;
  const { sentences, meaning } = grounding;
  if (sentences.length === 0) return null;
  const opened = chosen === null ? undefined : marks[chosen];
  const citations = citationsOf(lookedUp.messageId, grounding);
  const numberOf = (sentence: LookedUpSentence) => sentences.indexOf(sentence) + 1;
  return (
    <div className="grounding">
      {marks.length === 0 ? <p>{t('grounding.none')}</p> : <Named text={text} lookedUp={lookedUp} />}
      <div role="status">
        {opened !== undefined && (
          <Opened at={(chosen ?? 0) + 1} count={marks.length}>
            <Passage nearest={opened.sentence.nearest} citations={citations} number={numberOf(opened.sentence)} />
          </Opened>
        )}
      </div>
      <details>
        <summary>
          <ChevronRight size={14} strokeWidth={1.6} aria-hidden />
          {t('grounding.passages')}
        </summary>
        <ol>
          {sentences.map((sentence) => (
            <li key={sentence.start}>
              <p lang={glyphLanguageOf(sentence.text)}>{showTurns(sentence.text)}</p>
              <Passage nearest={sentence.nearest} citations={citations} number={numberOf(sentence)} />
            </li>
          ))}
        </ol>
        {meaning !== 'none' && <p className="receipt">{t(`grounding.meaning.${meaning}`)}</p>}
      </details>
    </div>
  );
}

/** The line that names what stands nowhere; each piece opens the passage nearest to its sentence. */
function Named({ text, lookedUp: { marks, chosen, choose } }: { text: string; lookedUp: LookedUp }): ReactNode {
  const { t, i18n } = useTranslation('common');
  const [before = '', behind = ''] = t('grounding.named', { count: marks.length, list: gap }).split(gap);
  const shown = marks.slice(0, mostNamed);
  const left = marks.length - shown.length;
  const items = [...shown.map((_, at) => String(at)), ...(left > 0 ? [t('grounding.more', { count: left })] : [])];
  const parts = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).formatToParts(items);
  return (
    <p>
      {before}
      {parts.map(({ type, value }, index) => {
        const at = Number(value);
        const mark = type === 'element' ? shown[at] : undefined;
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of one answer never changes its order
        if (mark === undefined) return <Fragment key={index}>{value}</Fragment>;
        return (
          <Fragment key={mark.start}>
            {t(`grounding.${mark.kind}`)}{' '}
            <button
              type="button"
              className="nowhere"
              aria-expanded={chosen === at}
              onClick={() => choose(chosen === at ? null : at)}
            >
              {showTurns(text.slice(mark.start, mark.end))}
            </button>
          </Fragment>
        );
      })}
      {behind}
    </p>
  );
}

interface OpenedProps {
  readonly at: number;
  readonly count: number;
  /** The passage nearest to the sentence of the mark. */
  readonly children: ReactNode;
}

function Opened({ at, count, children }: OpenedProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className="passage">
      <p className="passage-head">
        <b>{t('grounding.nearest')}</b>
        {count > 1 && <span>{t('grounding.at', { at, count })}</span>}
      </p>
      {children}
    </div>
  );
}
