import { createElement, Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Inline } from '../../text/markdown/tree.ts';
import { useClient } from '../app/backend.ts';
import { Formula } from './formula.tsx';
import { readLink } from './links.ts';

const elements = { strong: 'strong', emphasis: 'em', struck: 'del' } as const;

/** What stands in a line of an answer. */
export function Line({ of }: { readonly of: readonly Inline[] }): ReactNode {
  return of.map((inline, index) => {
    const held = bracketBefore(of, index);
    const part = <Part inline={bracketBefore(of, index + 1) === '' ? inline : withoutLast(inline)} />;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line only ever grows at its end
      <Fragment key={index}>
        {held === '' ? (
          part
        ) : (
          <span className="held">
            {held}
            {part}
          </span>
        )}
      </Fragment>
    );
  });
}

/** The bracket or quotation mark that a link follows: a line breaks before a button, and would leave it at its end. */
function bracketBefore(of: readonly Inline[], at: number): string {
  const before = of[at - 1];
  const isLink = of[at]?.kind === 'link' && before?.kind === 'text';
  return isLink ? (/[\p{Ps}\p{Pi}]$/u.exec(before.text)?.[0] ?? '') : '';
}

function withoutLast(inline: Inline): Inline {
  return inline.kind === 'text' ? { ...inline, text: inline.text.slice(0, -1) } : inline;
}

function Part({ inline }: { readonly inline: Inline }): ReactNode {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'break':
      return <br />;
    case 'code':
      return <code className="inline-code">{inline.text}</code>;
    case 'maths':
      return <Formula tex={inline.tex} display={inline.display} written={inline.written} />;
    case 'link':
      return <Link address={inline.address} shown={inline.children} />;
    case 'note-call':
      return <sup>[{inline.label}]</sup>;
    default:
      return createElement(elements[inline.kind], null, <Line of={inline.children} />);
  }
}

/** An image is a link, too: it would be fetched from wherever the model says. */
function Link({ address, shown }: { readonly address: string; readonly shown: readonly Inline[] }): ReactNode {
  const client = useClient();
  const { t } = useTranslation('common');
  const target = readLink(address);
  // What cannot be opened, such as an address with a password, is told with its address.
  if (target === null)
    return (
      <span className="dead-link">
        <Line of={shown} />
        {isItself(shown, address) ? '' : ` (${address})`}
      </span>
    );
  return (
    <button
      type="button"
      className="link"
      title={t('link.open', { address: target.url })}
      onClick={() => void client.request('link.open', { url: target.url })}
    >
      <Line of={shown} />
      <span className="link-host"> {target.host}</span>
    </button>
  );
}

function isItself([first, ...others]: readonly Inline[], address: string): boolean {
  return first?.kind === 'text' && others.length === 0 && address.endsWith(first.text);
}
