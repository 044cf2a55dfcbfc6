import { walkXml } from '../../xml/read-xml.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { rowLine } from '../rows.ts';

/** Points of a series that are taken: a chart of more is a picture. */
const mostPoints = 500;

interface Series {
  name: string;
  readonly categories: string[];
  readonly values: string[];
}

/** A chart or a diagram as lines: its titles, then a row a category with what every series has there. */
export async function chartText({ zip, budget }: OpenedZip, part: string): Promise<readonly string[]> {
  const titles: string[] = [];
  const series: Series[] = [];
  const above: string[] = [];
  let text: string | null = null;
  await walkXml(zip.chunks(part), budget, {
    open: (name) => {
      above.push(name);
      if (name === 'c:ser') series.push({ name: '', categories: [], values: [] });
      else if (name === 'c:v' || name === 'a:t') text = '';
    },
    close: (name) => {
      above.pop();
      if (text === null || (name !== 'c:v' && name !== 'a:t')) return;
      const said = text.trim();
      text = null;
      if (said === '') return;
      budget.takeBlock();
      if (name === 'a:t') titles.push(said);
      else put(series.at(-1), above, said);
    },
    text: (said) => {
      if (text !== null) text += said;
    },
  });
  return [...titles, ...tableOf(series)];
}

function put(series: Series | undefined, above: readonly string[], said: string): void {
  if (series === undefined) return;
  if (above.includes('c:tx')) series.name = said;
  else {
    const into = above.includes('c:cat') || above.includes('c:xVal') ? series.categories : series.values;
    if (into.length < mostPoints) into.push(said);
  }
}

function tableOf(series: readonly Series[]): readonly string[] {
  if (series.length === 0) return [];
  const categories = series.find((one) => one.categories.length > 0)?.categories ?? [];
  const count = Math.max(categories.length, ...series.map(({ values }) => values.length));
  const rows = Array.from({ length: count }, (_, at) =>
    rowLine([categories[at] ?? '', ...series.map(({ values }) => values[at] ?? '')]),
  );
  return [rowLine(['', ...series.map(({ name }) => name)]), ...rows];
}
