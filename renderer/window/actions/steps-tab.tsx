import { Plus } from 'lucide-react';
import { Fragment, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelPlan } from '../../../contract/label.ts';
import { useMirror } from '../../app/backend.ts';
import { Key } from '../../ui/key.tsx';
import { AddStep } from './add-step.tsx';
import type { StepDoc } from './doc.ts';
import { Edge } from './edge.tsx';
import { StepCard } from './step-card.tsx';
import type { StepHost } from './step-commands.ts';
import { inserted, moved, newStep, type Steps } from './step-edits.ts';
import { StepOutput } from './step-output.tsx';
import type { Editor } from './use-editor.ts';
import { useStepDrag } from './use-step-drag.ts';
import type { TrialDesk } from './use-trial.ts';

export interface StepsColumnProps {
  readonly editor: Editor;
  readonly trial: TrialDesk;
  /** Where values can go; null until that is known. */
  readonly plan: LabelPlan | null;
  /** The place where a step is to be added; null while none is. */
  readonly adding: number | null;
  readonly onAdding: (at: number | null) => void;
}

/** The steps one below the other, with what passes between them. */
export function StepsColumn(props: StepsColumnProps): ReactNode {
  const { editor, trial, plan, adding, onAdding } = props;
  const { t } = useTranslation('editor');
  const { steps, keyed, kinds, checked, pins, pin } = editor;
  const column = useRef<HTMLElement>(null);
  const { focusAt, said } = useFocusStep(column, editor);
  const put = (next: Steps, at: number) => {
    editor.setSteps(next, null);
    focusAt(at, 'card');
  };
  const add = (at: number, step: StepDoc) => {
    editor.setSteps(inserted(steps, at, step), null);
    focusAt(at, 'field');
  };
  const move = (from: number, to: number) => put(moved(steps, from, to), to);
  const { carried, over, onTake } = useStepDrag(column, steps, move);
  const host: StepHost = { steps, setSteps: put, addAt: onAdding, runFrom: (at) => trial.run(at) };
  const edge = { editor, plan, onAdd: onAdding, onPut: add };
  return (
    <section className="steps" ref={column} aria-label={t('steps')}>
      {keyed.map(({ key }, at) => (
        <Fragment key={key}>
          <Edge {...edge} at={at} isOver={over === at} />
          <StepCard {...{ editor, at, host, onTake }} isCarried={carried === at}>
            <StepOutput
              at={at}
              output={trial.outputs.get(key)}
              isPinned={pins.has(key)}
              onPin={(value) => pin(key, value)}
              onRunFrom={() => trial.run(at)}
            />
          </StepCard>
        </Fragment>
      ))}
      <Edge {...edge} at={steps.length} isOver={over === steps.length} />
      {!editor.draft.isBuiltIn && <AddButton onAdd={() => onAdding(steps.length)} />}
      <p className="hidden-live" role="status">
        {said}
      </p>
      {adding !== null && (
        <AddStep
          kinds={[...kinds.values()]}
          type={checked.types[adding] ?? null}
          onAdd={(kind) => add(Math.min(adding, steps.length), newStep(kind))}
          onClose={() => onAdding(null)}
        />
      )}
    </section>
  );
}

function AddButton({ onAdd }: { readonly onAdd: () => void }): ReactNode {
  const { t } = useTranslation('editor');
  const platform = useMirror('shell')?.platform ?? 'linux';
  return (
    <button type="button" className="add-step" onClick={onAdd}>
      <Plus size={14} strokeWidth={1.8} aria-hidden /> {t('addStep')} <Key keys="Ctrl+Enter" platform={platform} />
    </button>
  );
}

interface FocusStep {
  readonly focusAt: (at: number, what: 'card' | 'field') => void;
  /** Where a step stands that was moved, for those who do not see it. */
  readonly said: string;
}

/** Gives the keyboard to a step after an edit: the card, or what is filled in first of a new one. */
function useFocusStep(column: RefObject<HTMLElement | null>, { steps }: Editor): FocusStep {
  const { t } = useTranslation('editor');
  const [wanted, setWanted] = useState<{ readonly at: number; readonly what: 'card' | 'field' } | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (wanted === null) return;
    const cards = column.current?.querySelectorAll<HTMLElement>('.step') ?? [];
    const card = cards[wanted.at];
    const field = card?.querySelector<HTMLElement>('.step-fields :is(input, textarea, select)');
    // A card that was just made has the dialog's end still before it.
    const timer = setTimeout(() => (wanted.what === 'field' ? (field ?? card) : card)?.focus());
    const name = String(steps[wanted.at]?.['do'] ?? '');
    if (card !== undefined)
      setSaid(t('moved', { name: t(`step.${name}`, { defaultValue: name }), number: wanted.at + 1 }));
    setWanted(null);
    return () => clearTimeout(timer);
  }, [wanted, steps, column, t]);
  return { focusAt: (at, what) => setWanted({ at, what }), said };
}
