import { GripVertical } from 'lucide-react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../../app/backend.ts';
import { combinationOf } from '../../overlay/commands/combination.ts';
import { MoreButton } from './more-button.tsx';
import { type StepHost, stepCommands } from './step-commands.ts';
import { changed } from './step-edits.ts';
import { StepFields } from './step-fields.tsx';
import { iconOfStep } from './step-icons.ts';
import type { Editor } from './use-editor.ts';
import { useFaults } from './use-faults.ts';

export interface StepCardProps {
  readonly editor: Editor;
  readonly at: number;
  readonly host: StepHost;
  /** It follows the pointer. */
  readonly isCarried: boolean;
  readonly onTake: (event: PointerEvent<HTMLElement>, at: number) => void;
  /** What it came to on the sample. */
  readonly children: ReactNode;
}

/** One step: what it does, its fields, and what it came to. */
export function StepCard({ editor, at, host, isCarried, onTake, children }: StepCardProps): ReactNode {
  const { t } = useTranslation('editor');
  const platform = useMirror('shell')?.platform ?? 'linux';
  const { steps, keyed, kinds, draft } = editor;
  const faults = useFaults(editor);
  const step = steps[at] ?? {};
  const name = String(step['do'] ?? '');
  const kind = kinds.get(name);
  const isOff = step['off'] === true;
  const onKeyDown = (event: KeyboardEvent) => {
    const combination = combinationOf(event.nativeEvent, platform);
    const command = stepCommands.find(({ keys, when }) => keys === combination && when(at, steps.length));
    if (command === undefined || event.nativeEvent.isComposing || (command.changes && draft.isBuiltIn)) return;
    if (command.onCardAlone && event.target !== event.currentTarget) return;
    event.preventDefault();
    event.stopPropagation();
    command.run(host, at);
  };
  return (
    <section
      className={`step${isOff ? ' off' : ''}${isCarried ? ' carried' : ''}`}
      data-step={keyed[at]?.key}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and removed by keys
      tabIndex={0}
      aria-label={t('stepLabel', { number: at + 1, name: t(`step.${name}`, { defaultValue: name }) })}
      onKeyDown={onKeyDown}
    >
      <CardHead {...{ editor, at, host, onTake }} />
      {kind === undefined ? (
        <p className="refusal step-fault">{t('unknownStep', { name })}</p>
      ) : (
        <StepFields
          {...{ step, kind }}
          isReadOnly={draft.isBuiltIn}
          faultOf={(field) => faults.ofField(at, field)}
          onChange={(next, field) => editor.setSteps(changed(steps, at, next), `${keyed[at]?.key}.${field}`)}
        />
      )}
      {children}
    </section>
  );
}

type HeadProps = Omit<StepCardProps, 'children' | 'isCarried'>;

function CardHead({ editor, at, host, onTake }: HeadProps): ReactNode {
  const { t } = useTranslation('editor');
  const { steps, kinds, draft } = editor;
  const name = String(steps[at]?.['do'] ?? '');
  const isOff = steps[at]?.['off'] === true;
  const usesModel = kinds.get(name)?.usesModel;
  const Icon = iconOfStep(name);
  return (
    <header className="step-head">
      {!draft.isBuiltIn && <DragHandle onTake={(event) => onTake(event, at)} />}
      <span className="step-icon">
        <Icon size={16} strokeWidth={1.6} aria-hidden />
      </span>
      <h2>{t(`step.${name}`, { defaultValue: name })}</h2>
      <span className="dim small">{isOff ? t('off') : usesModel ? t('asksModel') : t('noModel')}</span>
      <StepMenu editor={editor} at={at} host={host} isOff={isOff} />
    </header>
  );
}

/** Dragged, the step goes to where it is let go; by the keyboard it moves with Alt and the arrows. */
function DragHandle({ onTake }: { readonly onTake: (event: PointerEvent<HTMLElement>) => void }): ReactNode {
  const { t } = useTranslation('editor');
  return (
    <span className="drag" title={t('drag')} aria-hidden onPointerDown={onTake}>
      <GripVertical size={14} strokeWidth={1.6} />
    </span>
  );
}

interface StepMenuProps extends Omit<HeadProps, 'onTake'> {
  readonly isOff: boolean;
}

function StepMenu({ editor, at, host, isOff }: StepMenuProps): ReactNode {
  const { t } = useTranslation('editor');
  const { steps, draft } = editor;
  const items = stepCommands
    .filter(({ when, changes }) => when(at, steps.length) && !(changes && draft.isBuiltIn))
    .map(({ id, name, icon, keys, run }) => ({
      ...{ id, name: t(name(isOff)), icon },
      ...(keys === null ? {} : { keys }),
      ...(id === 'remove' ? { danger: true, apart: true } : {}),
      run: () => run(host, at),
    }));
  return <MoreButton items={items} />;
}
