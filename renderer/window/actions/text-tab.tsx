import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from './use-editor.ts';

/** The file as its text; what is typed here changes the form, and the other way round. */
export function TextTab({ editor }: { readonly editor: Editor }): ReactNode {
  const { t } = useTranslation('editor');
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLPreElement>(null);
  const { draft, checked, setText } = editor;
  const text = draft.history.now;
  const lines = text.split('\n');
  const wrong = new Set(checked.faults.map(({ line }) => line));
  const goTo = (line: number) => {
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    area.current?.scrollTo({ top: Math.max(0, line - 5) * lineHeight });
  };
  return (
    <div className="text-tab">
      <div className="source">
        <pre className="line-numbers" ref={numbers} aria-hidden>
          {lines.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
            <span key={index} className={wrong.has(index + 1) ? 'wrong' : undefined}>
              {index + 1}
              {'\n'}
            </span>
          ))}
        </pre>
        <textarea
          ref={area}
          className="source-text"
          aria-label={t('textLabel')}
          aria-invalid={checked.faults.length > 0 || undefined}
          value={text}
          readOnly={draft.isBuiltIn}
          spellCheck={false}
          wrap="off"
          onChange={(event) => setText(event.target.value)}
          onScroll={(event) => numbers.current?.scrollTo({ top: event.currentTarget.scrollTop })}
        />
      </div>
      <ul className="faults" aria-label={t('faults', { count: checked.faults.length })}>
        {checked.faults.map(({ line, reason }) => (
          <li key={`${line} ${reason}`}>
            <button type="button" className="text-button small" title={t('goTo', { line })} onClick={() => goTo(line)}>
              {t('line', { line, reason })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Of the text, in CSS pixels; the style sheet has the same. */
const lineHeight = 20;
