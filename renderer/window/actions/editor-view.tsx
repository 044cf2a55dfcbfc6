import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useMirror } from '../../app/backend.ts';
import { combinationOf } from '../../overlay/commands/combination.ts';
import type { MenuItem } from '../menu.tsx';
import { Segments } from '../settings/controls.tsx';
import { Ending, Names } from './details.tsx';
import type { Language } from './doc.ts';
import type { Draft, Edit } from './drafts.ts';
import { EditorHead } from './editor-head.tsx';
import { LabelLine } from './label-line.tsx';
import { Sample } from './sample.tsx';
import { StepsColumn } from './steps-tab.tsx';
import { TextTab } from './text-tab.tsx';
import { type Editor, useEditor } from './use-editor.ts';
import { useLabelPlan } from './use-label-plan.ts';
import { useSayFault } from './use-say-fault.ts';
import { type TrialDesk, useTrial } from './use-trial.ts';
import { VersionsTab } from './versions-tab.tsx';

const tabs = ['steps', 'text', 'versions'] as const;
type Tab = (typeof tabs)[number];

/** What commands of the window do in the editor. */
export interface EditorHost {
  readonly addStep: () => void;
  readonly run: () => void;
  readonly goToName: () => void;
  readonly goToKey: () => void;
}

export interface EditorViewProps {
  readonly draft: Draft;
  readonly language: Language;
  readonly error: AppErrorShape | null;
  readonly menu: readonly MenuItem[];
  readonly host: RefObject<EditorHost | null>;
  /** The text that is tried on, which stays from one action to the next. */
  readonly sample: { readonly text: string; readonly set: (text: string) => void };
  readonly edit: (change: Edit) => void;
  readonly onSave: () => void;
  readonly onBack: () => void;
  readonly onDuplicate: () => void;
}

/** One action: its steps, or the same as text, or what it was before. */
export function EditorView(props: EditorViewProps): ReactNode {
  const { draft, language, error, menu, sample, edit, onSave, onBack, onDuplicate } = props;
  const { t } = useTranslation('editor');
  const sayError = useSayError();
  const editor = useEditor(draft, edit);
  // What no form can show is opened as its text.
  const [tab, setTab] = useState<Tab>(editor.doc === null ? 'text' : 'steps');
  const [adding, setAdding] = useState<number | null>(null);
  const [modelId, setModelId] = useState<string | null>(null);
  const trial = useTrial({
    ...{ text: draft.history.now, steps: editor.keyed, sample: sample.text, modelId, pins: editor.pins },
  });
  useHost(props.host, { editor, trial, setTab, setAdding });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: undoing is for whatever in it has the keyboard
    <div className="editor" onKeyDown={useEditorKeys(editor)}>
      <EditorHead {...{ editor, trial, language, menu, onSave, onBack, onDuplicate }} />
      <div className="editor-body">
        <div className="editor-column">
          {error !== null && (
            <p className="note danger" role="alert">
              <span>{sayError(error)}</span>
            </p>
          )}
          {draft.isBuiltIn && <p className="dim small">{t('readOnly')}</p>}
          <Segments
            id="editor-tab"
            value={tab}
            label={t('tab.label')}
            choices={tabs.map((value) => ({ value, name: t(`tab.${value}`) }))}
            onChange={setTab}
          />
          {tab === 'text' && <TextTab editor={editor} />}
          {tab === 'versions' && <VersionsTab editor={editor} />}
          {tab === 'steps' && (
            <StepsTab
              {...{ editor, trial, language, sample, modelId, adding }}
              onModel={setModelId}
              onAdding={setAdding}
              onText={() => setTab('text')}
            />
          )}
        </div>
      </div>
    </div>
  );
}

interface StepsTabProps extends Pick<EditorViewProps, 'language' | 'sample'> {
  readonly editor: Editor;
  readonly trial: TrialDesk;
  readonly modelId: string | null;
  readonly adding: number | null;
  readonly onModel: (modelId: string | null) => void;
  readonly onAdding: (at: number | null) => void;
  readonly onText: () => void;
}

function StepsTab(props: StepsTabProps): ReactNode {
  const { editor, trial, language, sample, modelId, adding, onModel, onAdding, onText } = props;
  const plan = useLabelPlan(editor.draft.history.now, modelId);
  const usesModel = editor.steps.some((step) => step['do'] === 'prompt' && step['off'] !== true);
  if (editor.doc === null) return <NotJson editor={editor} onText={onText} />;
  return (
    <>
      <LabelLine plan={plan} />
      <Names editor={editor} language={language} />
      <Sample sample={sample.text} onSample={sample.set} {...{ modelId, usesModel, onModel }} />
      <StepsColumn {...{ editor, trial, plan, adding, onAdding }} />
      <Ending editor={editor} language={language} />
    </>
  );
}

/** A form needs a text that can be read; where it cannot be is told with the way there. */
function NotJson({ editor, onText }: { readonly editor: Editor; readonly onText: () => void }): ReactNode {
  const { t } = useTranslation('editor');
  const sayFault = useSayFault();
  const [fault] = editor.checked.faults;
  return (
    <div className="note danger" role="status">
      <span>
        {fault !== undefined && t('notJson', { line: fault.line, reason: sayFault(fault.cause, fault.reason) })}
      </span>
      <button type="button" className="button" onClick={onText}>
        {t('toText')}
      </button>
    </div>
  );
}

/** Keys of the whole editor. Undoing is of all of it, in fields too: none keeps a history of its own. */
function useEditorKeys(editor: Editor) {
  const platform = useMirror('shell')?.platform ?? 'linux';
  return (event: KeyboardEvent) => {
    // What is open over the editor has the keys.
    if (event.target instanceof Element && event.target.closest('dialog, .menu') !== null) return;
    const combination = combinationOf(event.nativeEvent, platform);
    // Escape leaves a field first, and the page after that.
    const field = event.target instanceof Element ? event.target.closest<HTMLElement>('input, textarea, select') : null;
    if (combination === 'Escape' && field !== null && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const around = field.closest<HTMLElement>('[tabindex="0"]');
      return around === null ? field.blur() : around.focus();
    }
    // The sample and what is changed of an output are no part of the file.
    const isApart = event.target instanceof Element && event.target.closest('.sample, .output-edit') !== null;
    if (isApart || event.nativeEvent.isComposing) return;
    if (combination === 'Ctrl+Z' && editor.draft.history.past.length > 0) editor.undo();
    else if (combination === 'Ctrl+Shift+Z' || combination === 'Ctrl+Y') editor.redo();
    else return;
    event.preventDefault();
  };
}

interface HostNeeds {
  readonly editor: Editor;
  readonly trial: TrialDesk;
  readonly setTab: (tab: Tab) => void;
  readonly setAdding: (at: number | null) => void;
}

function useHost(host: RefObject<EditorHost | null>, { editor, trial, setTab, setAdding }: HostNeeds): void {
  useEffect(() => {
    const focus = (selector: string) => {
      setTab('steps');
      setTimeout(() => document.querySelector<HTMLElement>(`.page-actions ${selector}`)?.focus());
    };
    host.current = {
      addStep: () => {
        if (editor.draft.isBuiltIn) return;
        setTab('steps');
        setAdding(editor.steps.length);
      },
      run: () => trial.run(),
      goToName: () => focus('.name-field input'),
      goToKey: () => focus('.ending-key .key-button'),
    };
    return () => {
      host.current = null;
    };
  });
}
