import { memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remend from 'remend';
import { showTurns } from '../../locales/show-hidden.ts';
import { useClient } from '../app/backend.ts';
import { languageOfText } from '../app/look.ts';
import { isPlainParagraph, toBlocks } from './blocks.ts';
import { CodeBlock } from './code-block.tsx';
import { readLink } from './links.ts';

/** Markdown of a model: nothing in it can run, and nothing is loaded from anywhere. */
export function Markdown({ text, growing }: { readonly text: string; readonly growing: boolean }): ReactNode {
  const blocks = useMemo(() => toBlocks(showTurns(growing ? remend(text) : text)), [text, growing]);
  return (
    <div className="markdown" lang={languageOfText(text)}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only ever grow at the end
        <Block key={index} text={block} />
      ))}
    </div>
  );
}

const plugins = [remarkGfm];

/** Addresses pass through untouched: what can be opened is decided where they are shown. */
const keepAddress = (address: string) => address;

const Block = memo(function Block({ text }: { readonly text: string }): ReactNode {
  if (isPlainParagraph(text)) return <p>{text.trimEnd()}</p>;
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={keepAddress} skipHtml={false}>
      {text}
    </ReactMarkdown>
  );
});

const components: Components = {
  a: ({ href, children }) => <Link address={href}>{children}</Link>,
  // An image would be fetched from wherever the model says: only its name and address are shown.
  img: ({ src, alt }) => <Link address={typeof src === 'string' ? src : undefined}>{alt || src}</Link>,
  pre: ({ children }) => <>{children}</>,
  code: ({ className, children }) => {
    const language = /language-([\w+#.-]+)/.exec(className ?? '')?.[1] ?? null;
    const text = String(children ?? '');
    if (language === null && !text.includes('\n')) return <code className="inline-code">{text}</code>;
    return <CodeBlock language={language} text={text.replace(/\n$/, '')} />;
  },
  ol: ({ node, start, children }) => (
    <ol start={start} style={roomForNumbers((start ?? 1) + countItems(node))}>
      {children}
    </ol>
  ),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
  input: ({ checked }) => <TaskMark done={checked === true} />,
};

function countItems(list: ExtraProps['node']): number {
  return list?.children.filter(({ type }) => type === 'element').length ?? 0;
}

/** Numbers of more than two digits stand in front of the list's own room. */
function roomForNumbers(last: number): { readonly paddingLeft: string } | undefined {
  const digits = String(last).length;
  return digits > 2 ? { paddingLeft: `${digits + 2}ch` } : undefined;
}

function TaskMark({ done }: { readonly done: boolean }): ReactNode {
  const { t } = useTranslation('common');
  return <input type="checkbox" checked={done} aria-label={t(done ? 'task.done' : 'task.open')} readOnly disabled />;
}

function Link({
  address,
  children,
}: {
  readonly address: string | undefined;
  readonly children?: ReactNode;
}): ReactNode {
  const client = useClient();
  const { t } = useTranslation('common');
  const target = readLink(address);
  if (target === null) return <span className="dead-link">{children}</span>;
  return (
    <button
      type="button"
      className="link"
      title={t('link.open', { address: target.url })}
      onClick={() => void client.request('link.open', { url: target.url })}
    >
      {children}
      <span className="link-host"> {target.host}</span>
    </button>
  );
}
