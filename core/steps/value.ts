/** What passes from one step to the next. A table's first row is its head. */
export type Value =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'table'; readonly rows: readonly (readonly string[])[] };

export function textValue(text: string): Value {
  return { type: 'text', text };
}

export function listValue(items: readonly string[]): Value {
  return { type: 'list', items };
}

/** The text of a value, where a step wants one: items on lines of their own, cells with tabs between. */
export function textOf(value: Value): string {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'list':
      return value.items.join('\n');
    case 'table':
      return value.rows.map((row) => row.join('\t')).join('\n');
  }
}

/** Does the same with a text and with every item of a list. */
export function mapTexts(value: Value, change: (text: string) => string): Value {
  return value.type === 'list' ? listValue(value.items.map(change)) : textValue(change(textOf(value)));
}
