import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { createTranslator } from '../../locales/translator.ts';
import '../answer/answer.css';
import '../answer/answer-form.css';
import '../answer/below-answer.css';
import '../answer/changes.css';
import '../answer/maths.css';
import '../receipt/receipt.css';
import '../sending/sending.css';
import { preloadAnswersAtFirstUse } from '../answer/late-parts.ts';
import { BackendProvider, createBackend } from '../app/backend.ts';
import { followLook } from '../app/look.ts';
import { OverlayApp } from './overlay-app.tsx';

// The script is `async`: one that the page waited for would hold back its first picture, which is without it.
if (document.readyState === 'loading')
  await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const early = document.getElementById('early') as HTMLTextAreaElement | null;
const backend = createBackend(window.beckon);
const translator = createTranslator('en');
followLook(backend.states.shell, translator);

// The box took keys before this script ran: what was typed goes over with its caret, and an Enter at its end sends it.
const value = early?.value ?? '';
const typed = value.trimEnd();
const sent = typed !== '' && value.endsWith('\n');
const caret = early?.selectionStart ?? value.length;
flushSync(() =>
  createRoot(root).render(
    <I18nextProvider i18n={translator}>
      <BackendProvider value={backend}>
        <OverlayApp initialText={sent ? typed : value} sentAlready={sent} />
      </BackendProvider>
    </I18nextProvider>,
  ),
);
const input = document.querySelector<HTMLTextAreaElement>('.ask-input');
input?.focus();
input?.setSelectionRange(caret, caret);
preloadAnswersAtFirstUse(document);
