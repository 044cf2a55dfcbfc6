import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from './use-editor.ts';
import { useSayFault } from './use-say-fault.ts';

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
      <Faults faults={checked.faults} onGo={goTo} />
    </div>
  );
}

interface FaultsProps {
  readonly faults: Editor['checked']['faults'];
  readonly onGo: (line: number) => void;
}

/** What the reader says is wrong, each with the way to its line. */
function Faults({ faults, onGo }: FaultsProps): ReactNode {
  const { t } = useTranslation('editor');
  const sayFault = useSayFault();
  return (
    <ul className="faults" aria-label={t('faults', { count: faults.length })}>
      {faults.map(({ line, reason, cause }) => (
        <li key={`${line} ${reason}`}>
          <button type="button" className="text-button small" title={t('goTo', { line })} onClick={() => onGo(line)}>
            {t('line', { line, reason: sayFault(cause, reason) })}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A line of the text in CSS pixels, as the style sheet has it. */
const lineHeight = 20;
