import { parseSync } from 'vite';

export interface FunctionLength {
  /** As it is written where it stands; empty for one without a name. */
  readonly name: string;
  readonly lines: number;
}

interface Node {
  readonly type?: string;
  readonly start?: number;
  readonly end?: number;
  readonly id?: { readonly name?: string } | null;
  readonly key?: { readonly name?: string; readonly value?: unknown } | null;
}

const functionTypes = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const namedTypes = ['VariableDeclarator', 'FunctionDeclaration', 'MethodDefinition', 'Property', 'PropertyDefinition'];

/** Every function, method and arrow of a file with the lines it takes, what is inside of it included. */
export function functionLengths(path: string, text: string): readonly FunctionLength[] {
  const found: FunctionLength[] = [];
  const visit = (node: unknown, around: string): void => {
    if (Array.isArray(node)) for (const item of node) visit(item, around);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type = '', start = 0, end = 0, id, key } = node as Node;
    const name = namedTypes.includes(type) ? (id?.name ?? key?.name ?? String(key?.value ?? around)) : around;
    if (functionTypes.includes(type)) found.push({ name, lines: text.slice(start, end).split('\n').length });
    for (const value of Object.values(node)) visit(value, name);
  };
  visit(parseSync(path, text).program, '');
  return found;
}
