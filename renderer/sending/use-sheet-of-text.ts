import { useEffect, useRef } from 'react';
import type { Sheet } from './use-sheet.ts';

/** What is shown belongs to the text that was there: when that is changed, it is put away. */
export function useSheetOfText(sheet: Sheet | null, text: string): void {
  const before = useRef(text);
  useEffect(() => {
    // A later prompt belongs to an answer that is being made, whatever is typed meanwhile.
    if (before.current !== text && sheet !== null && sheet.here !== null) sheet.cancel();
    before.current = text;
  }, [sheet, text]);
}
