import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../../app/backend.ts';
import { ActionKey } from '../action-key.tsx';
import { Segments, Switch } from '../settings/controls.tsx';
import { BothField } from './both-field.tsx';
import { type Doc, freeId, isAction, type Language, textIn, without } from './doc.ts';
import type { Editor } from './use-editor.ts';
import { useFaults } from './use-faults.ts';

export interface DetailsProps {
  readonly editor: Editor;
  readonly language: Language;
}

/** What an action is called, and a few words beside that. */
export function Names({ editor }: DetailsProps): ReactNode {
  const { t } = useTranslation('editor');
  const faults = useFaults(editor);
  const rename = useRename(editor);
  const { doc, draft, setDoc } = editor;
  if (doc === null) return null;
  const hint = (value: Doc) => {
    const isNothing = textIn(value, 'en') === '' && textIn(value, 'zh-CN') === '';
    setDoc(isNothing ? without(doc, ['hint']) : { ...doc, hint: value }, 'hint');
  };
  return (
    <div className="names">
      <BothField
        label={t('name')}
        value={doc['name']}
        isLong={false}
        isReadOnly={draft.isBuiltIn}
        fault={faults.ofFile('name')}
        className="name-field"
        onChange={rename}
      />
      <BothField
        label={t('hint')}
        value={doc['hint']}
        isLong={false}
        isReadOnly={draft.isBuiltIn}
        fault={faults.ofFile('hint')}
        onChange={hint}
      />
    </div>
  );
}

/** A new action's id follows its name; one that has a file keeps the id that keys and history know it by. */
function useRename({ doc, draft, setDoc }: Editor): (name: Doc) => void {
  const atoms = useMirror('atoms')?.atoms ?? [];
  return (name) => {
    if (doc === null) return;
    const taken = new Set(atoms.map(({ id }) => id));
    const id = freeId(textIn(name, 'en'), isAction(doc) ? 'action' : 'chain', taken);
    setDoc(draft.file === null ? { ...doc, id, name } : { ...doc, name }, 'name');
  };
}

/** What becomes of the last step's text, and the key that runs all of it. */
export function Ending({ editor, language }: DetailsProps): ReactNode {
  const { t } = useTranslation('editor');
  const id = useId();
  const { doc, draft, setDoc } = editor;
  if (doc === null) return null;
  const output = doc['output'] === 'show' ? 'show' : 'replace';
  return (
    <section className="ending-box" aria-label={t('output.label')}>
      <fieldset className="step-field" disabled={draft.isBuiltIn}>
        <span className="field-name">{t('output.label')}</span>
        <Segments
          id={id}
          value={output}
          label={t('output.label')}
          choices={(['replace', 'show'] as const).map((value) => ({ value, name: t(`output.${value}`) }))}
          onChange={(next) => setDoc({ ...doc, output: next }, null)}
        />
        {output === 'replace' && (
          <label className="switch-line" htmlFor={`${id}-diff`}>
            <Switch
              id={`${id}-diff`}
              on={doc['diff'] === true}
              onChange={(on) => setDoc(on ? { ...doc, diff: true } : without(doc, ['diff']), null)}
            />
            {t('output.diff')}
          </label>
        )}
      </fieldset>
      <ActionKeyOf editor={editor} language={language} />
    </section>
  );
}

/** The key is bound to what is on the disk. */
function ActionKeyOf({ editor: { doc, draft }, language }: DetailsProps): ReactNode {
  const { t } = useTranslation('editor');
  const { file, isBuiltIn } = draft;
  const id = doc?.['id'];
  const isKnown = useMirror('atoms')?.atoms.some((atom) => atom.id === id) ?? false;
  if (typeof id !== 'string' || !isKnown || (file === null && !isBuiltIn))
    return <p className="small dim">{t('keyFirst')}</p>;
  return (
    <div className="ending-key">
      <p className="small dim">{t('keyAbout')}</p>
      <ul className="setting-box">
        <ActionKey
          key={id}
          actionId={id}
          name={textIn(doc?.['name'], language) || t('keyName')}
          isNew={false}
          onRemoved={() => {}}
        />
      </ul>
    </div>
  );
}
