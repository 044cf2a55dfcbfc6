import { BadgeCheck, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { CardWords, ToldCard } from '../../../contract/card.ts';
import { sayCard } from '../../../locales/say-card.ts';
import { showHiddenInLine, showTurns } from '../../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../../text/language.ts';
import { useAtomWords } from '../sharing/use-atom-words.ts';

export interface CardToldProps {
  readonly card: ToldCard;
  /** The action's name is said too, as nothing else says it. */
  readonly named: boolean;
}

/** What an answer card says of itself, and what of that could not be checked. */
export function CardTold({ card, named }: CardToldProps): ReactNode {
  const words = useAtomWords();
  const { facts, doubts } = sayCard(words, card);
  const [signed, ...others] = facts;
  const heading = useId();
  return (
    <section className="card-told" aria-labelledby={heading}>
      <h3 id={heading}>
        {named && card.atom !== null ? showHiddenInLine(card.atom.name[words.language]) : words.say('card.title')}
      </h3>
      <p className="review-by">
        <BadgeCheck size={14} strokeWidth={1.6} aria-hidden />
        <span>{signed}</span>
      </p>
      <p className="dim">{others.join(' · ')}</p>
      {doubts.length > 0 && (
        <ul className="doubts">
          {doubts.map((doubt) => (
            <li key={doubt}>
              <TriangleAlert size={14} strokeWidth={1.6} aria-hidden />
              <span>{doubt}</span>
            </li>
          ))}
        </ul>
      )}
      {card.said !== null && <Said said={card.said} isOpen={doubts.length > 0} />}
    </section>
  );
}

function Said({ said, isOpen }: { readonly said: CardWords; readonly isOpen: boolean }): ReactNode {
  const words = useAtomWords();
  return (
    <details open={isOpen}>
      <summary>{words.say('card.said')}</summary>
      <blockquote className="card-said" dir="auto" lang={glyphLanguageOf(said.text)}>
        {showTurns(said.text)}
      </blockquote>
    </details>
  );
}
