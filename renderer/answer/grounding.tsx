import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroundedSentence, Grounding as GroundingAnswer } from '../../contract/grounding.ts';
import { showTurns } from '../../locales/show-hidden.ts';
import { useClient } from '../app/backend.ts';
import { languageOfText } from '../app/look.ts';

/**
 * Under an answer about a text: how many of its sentences the text supports, and, opened, each with what supports it.
 * What is weak or not found is open from the beginning.
 */
export function Grounding({ messageId }: { readonly messageId: string }): ReactNode {
  const { t } = useTranslation('common');
  const client = useClient();
  const [grounding, setGrounding] = useState<GroundingAnswer>({ status: 'nothing' });
  useEffect(() => {
    let gone = false;
    const ask = async (byMeaning: boolean) => {
      const answer = await client.request('answer.grounding', { messageId, byMeaning });
      if (gone || !answer.ok) return;
      setGrounding(answer.value);
      // What words tell is shown at once; meanings take a moment longer.
      if (answer.value.status === 'grounded' && answer.value.meaning === 'pending') await ask(true);
    };
    void ask(false);
    return () => {
      gone = true;
    };
  }, [client, messageId]);
  if (grounding.status === 'nothing') return null;
  if (grounding.status === 'other-language') return <p className="receipt">{t('grounding.otherLanguage')}</p>;
  const { sentences, meaning } = grounding;
  const found = sentences.filter(({ label }) => label === 'supported').length;
  if (sentences.length === 0) return null;
  const doubtful = sentences.some(({ label }) => label === 'not-found');
  return (
    <details className={doubtful ? 'grounding doubtful' : 'grounding'}>
      <summary>{t('grounding.found', { found, count: sentences.length })}</summary>
      <ol>
        {sentences.map((sentence) => (
          <Sentence key={sentence.start} sentence={sentence} />
        ))}
      </ol>
      {meaning !== 'none' && <p className="receipt">{t(`grounding.meaning.${meaning}`)}</p>}
    </details>
  );
}

function Sentence({ sentence }: { readonly sentence: GroundedSentence }): ReactNode {
  const { t } = useTranslation('common');
  const { text, label, sources } = sentence;
  return (
    <li className={label}>
      <p lang={languageOfText(text)}>
        <b className="label">{t(`grounding.label.${label}`)}</b> <Marked sentence={sentence} />
      </p>
      {label !== 'not-found' &&
        sources.map((source) => (
          <p key={source.text} className="source" lang={languageOfText(source.text)}>
            {source.place !== null && <b>{t(`grounding.${source.place.unit}`, { number: source.place.first })} </b>}
            {showTurns(source.text)}
          </p>
        ))}
    </li>
  );
}

/** The sentence with the numbers and names underlined that stand nowhere in the text. */
function Marked({ sentence: { text, start, unknown } }: { readonly sentence: GroundedSentence }): ReactNode {
  const { t } = useTranslation('common');
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const range of unknown) {
    const [from, to] = [range.start - start, range.end - start];
    if (from < at) continue;
    pieces.push(showTurns(text.slice(at, from)));
    pieces.push(
      <mark key={from} title={t('grounding.unknown')}>
        {showTurns(text.slice(from, to))}
      </mark>,
    );
    at = to;
  }
  return (
    <>
      {pieces}
      {showTurns(text.slice(at))}
    </>
  );
}
