import { ChevronLeft, Play, Redo2, Save, Square, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import type { MenuItem } from '../menu.tsx';
import { nameOf } from './action-list.tsx';
import { isAction, type Language } from './doc.ts';
import { isDirty } from './drafts.ts';
import { MoreButton } from './more-button.tsx';
import type { Editor } from './use-editor.ts';
import type { TrialDesk } from './use-trial.ts';

export interface EditorHeadProps {
  readonly editor: Editor;
  readonly trial: TrialDesk;
  readonly language: Language;
  readonly menu: readonly MenuItem[];
  readonly onSave: () => void;
  readonly onBack: () => void;
  readonly onDuplicate: () => void;
}

/** What is edited, whether it is on the disk, and what can be done with it. */
export function EditorHead(props: EditorHeadProps): ReactNode {
  const { editor, trial, language, onBack } = props;
  const { t } = useTranslation('editor');
  const { draft, doc } = editor;
  const name = nameOf(draft, language) || draft.file || t('unnamed');
  const kind = draft.isBuiltIn ? t('builtIn') : t(doc !== null && isAction(doc) ? 'action' : 'chain');
  return (
    <header className="chat-head editor-head">
      <button type="button" className="icon-button back" aria-label={t('back')} title={t('back')} onClick={onBack}>
        <ChevronLeft size={16} strokeWidth={1.6} aria-hidden />
      </button>
      <h1 className="chat-name">{showHiddenInLine(name)}</h1>
      <span className="tag">{kind}</span>
      {isDirty(draft) && <span className="dim small editor-state">{t('unsaved')}</span>}
      <span className="head-space" />
      {!draft.isBuiltIn && <HistoryButtons editor={editor} />}
      {trial.isRunning ? (
        <button type="button" className="button" onClick={trial.stop}>
          <Square size={14} strokeWidth={1.6} aria-hidden /> {t('stop')}
        </button>
      ) : (
        <button type="button" className="button" onClick={() => trial.run()}>
          <Play size={14} strokeWidth={1.6} aria-hidden /> {t('run')}
        </button>
      )}
      <MainButton {...props} />
      <MoreButton items={props.menu} />
    </header>
  );
}

/** The one filled button: saving, or for what comes with Beckon a copy that can be changed. */
function MainButton({ editor: { draft }, onSave, onDuplicate }: EditorHeadProps): ReactNode {
  const { t } = useTranslation('editor');
  if (draft.isBuiltIn)
    return (
      <button type="button" className="button primary" onClick={onDuplicate}>
        {t('duplicateToChange')}
      </button>
    );
  return (
    <button
      type="button"
      className="button primary"
      disabled={!isDirty(draft) && draft.saved !== null}
      onClick={onSave}
    >
      <Save size={14} strokeWidth={1.6} aria-hidden /> {t('save')}
    </button>
  );
}

function HistoryButtons({ editor }: { readonly editor: Editor }): ReactNode {
  const { t } = useTranslation('editor');
  const { past, future } = editor.draft.history;
  const buttons = [
    { name: t('undo'), Icon: Undo2, can: past.length > 0, run: editor.undo },
    { name: t('redo'), Icon: Redo2, can: future.length > 0, run: editor.redo },
  ];
  return buttons.map(({ name, Icon, can, run }) => (
    <button
      key={name}
      type="button"
      className="icon-button history-button"
      aria-label={name}
      title={name}
      disabled={!can}
      onClick={run}
    >
      <Icon size={16} strokeWidth={1.6} aria-hidden />
    </button>
  ));
}
