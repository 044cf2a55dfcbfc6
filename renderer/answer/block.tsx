import { memo, type ReactNode } from 'react';
import type { Block as BlockOfText } from '../../text/markdown/tree.ts';
import { CodeBlock } from './code-block.tsx';
import { Line } from './line.tsx';
import { directionOf, List } from './list.tsx';
import { Table } from './table.tsx';

/** One block of an answer. It is drawn anew only when it is another one. */
export const Block = memo(function Block({ block }: { readonly block: BlockOfText }): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir={directionOf(block)}>
          <Line of={block.children} />
        </p>
      );
    case 'heading': {
      const Heading = `h${block.level}` as 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6';
      return (
        <Heading dir={directionOf(block)}>
          <Line of={block.children} />
        </Heading>
      );
    }
    case 'list':
      return <List list={block} draw={draw} />;
    case 'table':
      return <Table table={block} />;
    case 'quote':
      return (
        <blockquote dir={directionOf(block)}>
          <Blocks of={block.blocks} />
        </blockquote>
      );
    case 'note':
      return (
        <div className="answer-note" dir={directionOf(block)}>
          <Blocks of={block.blocks} />
        </div>
      );
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />;
    case 'verbatim':
      return <p dir={directionOf(block)}>{block.text}</p>;
    case 'rule':
      return <hr />;
  }
});

/** Blocks within a block. */
export function Blocks({ of }: { readonly of: readonly BlockOfText[] }): ReactNode {
  return of.map(draw);
}

function draw(block: BlockOfText, index: number): ReactNode {
  return <Block key={index} block={block} />;
}
