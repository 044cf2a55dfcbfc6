import { Check, Copy } from 'lucide-react';
import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type HighlightNode, highlightCode } from './highlight.ts';
import { useCopy } from './use-copy.ts';

/** Code with its language, colours and a copy button. */
export function CodeBlock({ language, text }: { readonly language: string | null; readonly text: string }): ReactNode {
  const { t } = useTranslation('common');
  const { copied, copy } = useCopy();
  const nodes = useMemo(() => highlightCode(language, text), [language, text]);
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language ?? t('code.plain')}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={t('code.copy')}
          title={t('code.copy')}
          onClick={() => copy(text)}
        >
          {copied ? <Check size={14} /> : <Copy size={14} />}
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{nodes.map(toElement)}</code>
      </pre>
    </figure>
  );
}

function toElement(node: HighlightNode, index: number): ReactNode {
  if (typeof node === 'string') return createElement(Fragment, { key: index }, node);
  return createElement('span', { key: index, className: node.className }, node.children.map(toElement));
}
