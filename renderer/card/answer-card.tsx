import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardPage, CardSource } from '../../contract/card.ts';
import { sayMade } from '../../locales/say-card.ts';
import { sayLocator } from '../../locales/say-locator.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { useMarkdown } from '../answer/late-parts.ts';
import { PlainBoundary } from '../answer/plain-boundary.tsx';
import { Mark } from '../window/mark.tsx';
import { Code } from './code.tsx';

interface PageProps {
  readonly page: CardPage;
}

/** An answer as a picture: what it says, what it quotes, and what made it. */
export function AnswerCard({ page }: PageProps): ReactNode {
  const { words, action } = page;
  return (
    <main className="card">
      <header className="card-head">
        <Mark size={20} />
        <span>{action === null ? 'Beckon 招之' : showHiddenInLine(action)}</span>
      </header>
      <Answer text={words.text} />
      {words.sources.length > 0 && <Sources sources={words.sources} />}
      <Foot page={page} />
    </main>
  );
}

function Answer({ text }: { readonly text: string }): ReactNode {
  const Markdown = useMarkdown();
  if (Markdown === null) return <div className="markdown plain">{showTurns(text)}</div>;
  return (
    <PlainBoundary text={showTurns(text)}>
      <Markdown text={text} growing={false} />
    </PlainBoundary>
  );
}

function Sources({ sources }: { readonly sources: readonly CardSource[] }): ReactNode {
  const { t } = useTranslation('sharing');
  const { t: tPlace } = useTranslation('locators');
  return (
    <section className="card-sources">
      <h2>{t('card.sources')}</h2>
      {sources.map(({ title, quote, place }) => (
        <figure key={`${title}\n${quote}`}>
          {quote !== null && (
            <blockquote dir="auto" lang={glyphLanguageOf(quote)}>
              {showTurns(quote)}
            </blockquote>
          )}
          <figcaption dir="auto">
            {[showHiddenInLine(title), ...(place === null ? [] : [sayLocator(tPlace, place)])].join(' · ')}
          </figcaption>
        </figure>
      ))}
    </section>
  );
}

function Foot({ page }: PageProps): ReactNode {
  const { t } = useTranslation('sharing');
  const made = sayMade({ language: page.language, say: (key, values) => t(key, values ?? {}) }, page);
  return (
    <footer className="card-foot">
      <div>
        {made.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p className="card-use">{t(page.holdsAction ? 'card.useIt' : 'card.seeIt')}</p>
      </div>
      <Code rows={page.code} />
    </footer>
  );
}
