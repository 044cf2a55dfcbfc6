import { type ReactNode, useMemo, useRef } from 'react';
import { showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { GrowingMarkdown } from '../../text/markdown/growing.ts';
import { parseMarkdown } from '../../text/markdown/parse.ts';
import { Block } from './block.tsx';

/** Markdown of a model: nothing in it can run, and nothing is loaded from anywhere. */
export function Markdown({ text, growing }: { readonly text: string; readonly growing: boolean }): ReactNode {
  const reader = useRef<GrowingMarkdown>(null);
  const blocks = useMemo(() => {
    const shown = showTurns(text);
    if (!growing) return parseMarkdown(shown);
    reader.current ??= new GrowingMarkdown();
    return reader.current.read(shown);
  }, [text, growing]);
  const language = glyphLanguageOf(text);
  if (blocks === null)
    return (
      <div className="markdown plain" lang={language}>
        {showTurns(text)}
      </div>
    );
  return (
    <div className={growing ? 'markdown growing' : 'markdown'} lang={language}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only ever grow at the end
        <Block key={index} block={block} />
      ))}
    </div>
  );
}
