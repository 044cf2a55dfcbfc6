import { Lock, Plus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label, LabelPlan } from '../../../contract/label.ts';
import { bridge, fits, newStep, portOf } from './step-edits.ts';
import type { Editor } from './use-editor.ts';

export interface EdgeProps {
  readonly editor: Editor;
  /** The step that it leads to; the number of steps for the last one. */
  readonly at: number;
  readonly plan: LabelPlan | null;
  readonly onAdd: (at: number) => void;
  readonly onPut: (at: number, step: ReturnType<typeof newStep>) => void;
  /** A step that is dragged is put down here when it is let go. */
  readonly isOver: boolean;
}

/** What passes from one step to the next, in words; and where it does not fit, why, and one way to mend that. */
export function Edge({ editor, at, plan, onAdd, onPut, isOver }: EdgeProps): ReactNode {
  const { t } = useTranslation('editor');
  const { checked, draft } = editor;
  const type = checked.types[at] ?? null;
  return (
    <div className={`edge${isOver ? ' over' : ''}`}>
      {type !== null && (
        <span className="edge-what">
          <span className="edge-type" title={t('edge', { type: t(`type.${type}`) })}>
            {t(`type.${type}`)}
          </span>
          <EdgeLabel label={plan?.labels[at] ?? null} />
        </span>
      )}
      {!draft.isBuiltIn && (
        <button
          type="button"
          className="icon-button edge-add"
          aria-label={at === 0 ? t('addHere') : t('addAfter', { number: at })}
          title={t('addHere')}
          onClick={() => onAdd(at)}
        >
          <Plus size={14} strokeWidth={1.8} aria-hidden />
        </button>
      )}
      <WrongEdge {...{ editor, at, type, onPut }} />
    </div>
  );
}

/** Where the value comes from, in a few words; the whole of it stands where one rests. */
function EdgeLabel({ label }: { readonly label: Label | null }): ReactNode {
  const { t } = useTranslation('editor');
  if (label === null) return null;
  const from = label.from.filter((origin) => origin !== 'atom').map((origin) => t(`labels.origin.${origin}`));
  const says = [
    t('labels.from', { from: from.join(t('labels.and')) }),
    ...(label.outside ? [t('labels.outside')] : []),
    ...(label.reach === 'anywhere' ? [] : [t(`labels.reaches.${label.reach}`)]),
  ];
  return (
    <span className="edge-label small dim" title={says.join(t('labels.comma'))}>
      {says[0]}
      {label.reach !== 'anywhere' && <Lock size={12} strokeWidth={1.8} aria-hidden />}
    </span>
  );
}

interface WrongEdgeProps extends Pick<EdgeProps, 'editor' | 'at' | 'onPut'> {
  readonly type: Editor['checked']['types'][number];
}

function WrongEdge({ editor, at, type, onPut }: WrongEdgeProps): ReactNode {
  const { t } = useTranslation('editor');
  const { steps, kinds, draft } = editor;
  const step = steps[at];
  const kind = kinds.get(String(step?.['do']));
  if (step === undefined || kind === undefined || type === null || step['off'] === true) return null;
  const { takes } = portOf(step, kind);
  if (fits({ takes }, type)) return null;
  const between = bridge([...kinds.values()], type, takes);
  const names = takes.map((one) => t(`aType.${one}`)).join(t('or'));
  return (
    <div className="note danger wrong-edge" role="status">
      <TriangleAlert size={14} strokeWidth={1.8} aria-hidden />
      <span>{t('wrongEdge', { name: t(`step.${kind.do}`), takes: names, got: t(`aType.${type}`) })}</span>
      {between !== null && !draft.isBuiltIn && (
        <button type="button" className="button" onClick={() => onPut(at, newStep(between))}>
          {t('putBetween', { name: t(`step.${between.do}`) })}
        </button>
      )}
    </div>
  );
}
