import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import type { CardPage } from '../../contract/card.ts';
import { createTranslator } from '../../locales/translator.ts';
import '../answer/answer.css';
import '../answer/maths.css';
import { preloadAnswers } from '../answer/late-parts.ts';
import { BackendProvider, createBackend } from '../app/backend.ts';
import { AnswerCard } from './answer-card.tsx';
import { fitWide } from './fit-wide.ts';

/** Main says what is drawn in the address: the page has no bridge, and asks nobody. */
const page = JSON.parse(decodeURIComponent(location.hash.slice(1))) as CardPage;
const root = document.documentElement;
root.lang = page.language;
root.dataset['theme'] = page.theme;
const silent = createBackend({ send: () => {}, onMessage: () => () => {} });

await preloadAnswers();
flushSync(() =>
  createRoot(document.getElementById('root') as HTMLElement).render(
    <I18nextProvider i18n={createTranslator(page.language)}>
      <BackendProvider value={silent}>
        <AnswerCard page={page} />
      </BackendProvider>
    </I18nextProvider>,
  ),
);
// Fonts of formulas are read once some are drawn.
await document.fonts.ready;
fitWide(document);
// Main waits for this title, which says how high the picture is, in CSS pixels.
document.title = `drawn ${Math.ceil(document.getElementById('root')?.getBoundingClientRect().height ?? 0)}`;
