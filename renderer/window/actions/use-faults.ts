import { useTranslation } from 'react-i18next';
import type { AtomFault } from '../../../contract/atom-edit.ts';
import { isAction, isDoc } from './doc.ts';
import type { Editor } from './use-editor.ts';
import { useSayFault } from './use-say-fault.ts';

export interface Faults {
  /** What is wrong with a field of a step; null where nothing is. */
  readonly ofField: (step: number, field: string) => string | null;
  /** What is wrong with a field of the file itself. */
  readonly ofFile: (field: string) => string | null;
}

/** What the reader says, beside the field that it is about. */
export function useFaults({ checked, doc, steps, draft }: Editor): Faults {
  const { t } = useTranslation('editor');
  const sayFault = useSayFault();
  const says = (value: unknown, fault: AtomFault | undefined) => {
    // What was just begun is empty, which is no fault of anybody's yet.
    const isUntouched = draft.saved === null && draft.history.past.length === 0;
    if (fault === undefined || isUntouched) return null;
    // It stands in its step.
    const { step: _step, ...cause } = fault.cause;
    return isEmpty(value) ? t('fillIn') : t('fault', { reason: sayFault(cause, fault.reason) });
  };
  const find = (...path: readonly string[]) =>
    checked.faults.find((fault) => path.every((name, index) => fault.path[index] === name));
  const ofFile = (field: string) => says(doc?.[field], find(field));
  return {
    ofFile,
    ofField: (step, field) =>
      doc !== null && isAction(doc) ? ofFile(field) : says(steps[step]?.[field], find('steps', String(step), field)),
  };
}

function isEmpty(value: unknown): boolean {
  if (isDoc(value)) return Object.values(value).some((text) => text === '');
  return value === '' || value === undefined || (Array.isArray(value) && value.length === 0);
}
