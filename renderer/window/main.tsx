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
import './rules.css';
import { preloadAnswersWhenIdle } from '../answer/late-parts.ts';
import { BackendProvider, createBackend } from '../app/backend.ts';
import { followLook } from '../app/look.ts';
import { WindowApp } from './window-app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const backend = createBackend(window.beckon);
const translator = createTranslator('en');
followLook(backend.states.shell, translator);
createRoot(root).render(
  <I18nextProvider i18n={translator}>
    <BackendProvider value={backend}>
      <WindowApp />
    </BackendProvider>
  </I18nextProvider>,
);
preloadAnswersWhenIdle();
