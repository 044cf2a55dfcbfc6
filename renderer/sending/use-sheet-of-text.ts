import { useEffect, useRef } from 'react';
import type { Sheet } from './use-sheet.ts';

/** What is shown belongs to the text that was there: when that is changed, it is put away. */
export function useSheetOfText(sheet: Sheet | null, text: string): void {
  const before = useRef(text);
  useEffect(() => {
    if (before.current !== text) sheet?.cancel();
    before.current = text;
  }, [sheet, text]);
}
