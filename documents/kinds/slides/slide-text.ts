import type { XmlHandler } from '../../xml/read-xml.ts';
import { rowLine } from '../rows.ts';

type Get = (attribute: string) => string | undefined;

/** Something on a slide: a text, a table, a picture or a chart. */
export interface Shape {
  /** What the layout has it for, such as `title`; null for what stands there by itself. */
  readonly role: string | null;
  readonly lines: string[];
  /** Ids of the parts that hold its charts and diagrams. */
  readonly charts: string[];
}

interface Paragraph {
  level: number;
  text: string;
}

/** Reads one slide, its notes or its comments (ECMA-376, part 1, 19 and 21). */
export class SlideText implements XmlHandler {
  readonly shapes: Shape[] = [];
  isHidden = false;
  #shape: Shape | null = null;
  #role: string | null = null;
  #paragraph: Paragraph | null = null;
  #row: string[] | null = null;
  #cell: { lines: string[]; goesOn: boolean } | null = null;
  #inText = false;
  #skipping = 0;

  readonly open = (name: string, get: Get): void => {
    if (this.#skipping > 0 || name === 'mc:Fallback') {
      this.#skipping += 1;
      return;
    }
    if (name.startsWith('p:')) this.#openShape(name, get);
    else if (name.startsWith('a:')) this.#openText(name, get);
    else if (name === 'c:chart' || name === 'dgm:relIds') this.#shape?.charts.push(get('r:id') ?? get('r:dm') ?? '');
  };

  readonly close = (name: string): void => {
    if (this.#skipping > 0) {
      this.#skipping -= 1;
      return;
    }
    if (name === 'a:t') this.#inText = false;
    else if (name === 'a:p') this.#endParagraph();
    else if (name === 'a:tc') this.#endCell();
    else if (name === 'a:tr') {
      this.#shape?.lines.push(rowLine(this.#row ?? []));
      this.#row = null;
    } else if (shapeNames.has(name)) this.#endShape();
  };

  readonly text = (said: string): void => {
    if (this.#skipping === 0 && this.#inText && this.#paragraph !== null) this.#paragraph.text += said;
  };

  #openShape(name: string, get: Get): void {
    if (name === 'p:sld') this.isHidden = get('show') === '0';
    else if (shapeNames.has(name)) this.#shape = { role: null, lines: [], charts: [] };
    else if (name === 'p:ph') this.#role = get('type') ?? 'body';
    else if (name === 'p:cNvPr' && this.#shape !== null) {
      const description = get('descr')?.trim() ?? '';
      if (description !== '') this.#shape.lines.push(`[${description}]`);
    }
  }

  #openText(name: string, get: Get): void {
    if (name === 'a:p') this.#paragraph = { level: 0, text: '' };
    else if (name === 'a:t') this.#inText = true;
    else if (name === 'a:tr') this.#row = [];
    else if (name === 'a:tc') this.#cell = { lines: [], goesOn: get('hMerge') === '1' || get('vMerge') === '1' };
    if (this.#paragraph === null) return;
    if (name === 'a:pPr') this.#paragraph.level = Math.min(8, Math.max(0, Number(get('lvl') ?? 0) || 0));
    else if (name === 'a:br') this.#paragraph.text += '\n';
    else if (name === 'a:tab') this.#paragraph.text += '\t';
  }

  #endParagraph(): void {
    const paragraph = this.#paragraph;
    this.#paragraph = null;
    if (paragraph === null || paragraph.text.trim() === '') return;
    // A title is one line, however it is set.
    if (this.#cell !== null) this.#cell.lines.push(paragraph.text);
    else this.#shape?.lines.push('  '.repeat(paragraph.level) + paragraph.text.trimEnd());
  }

  #endCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (cell !== null) this.#row?.push(cell.goesOn ? '' : cell.lines.join('\n'));
  }

  #endShape(): void {
    const shape = this.#shape;
    const role = this.#role;
    this.#shape = null;
    this.#role = null;
    if (shape !== null && (shape.lines.length > 0 || shape.charts.length > 0)) this.shapes.push({ ...shape, role });
  }
}

const shapeNames = new Set(['p:sp', 'p:graphicFrame', 'p:pic', 'p:cxnSp']);
