/** A node of the syntax tree, as far as these tests look at it. */
export interface SyntaxNode {
  readonly type?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly source?: SyntaxNode | null;
  readonly imported?: SyntaxNode;
  readonly local?: SyntaxNode;
  readonly specifiers?: readonly SyntaxNode[];
  readonly properties?: readonly SyntaxNode[];
  readonly elements?: readonly (SyntaxNode | null)[];
  readonly params?: readonly SyntaxNode[];
  readonly arguments?: readonly SyntaxNode[];
  readonly quasis?: readonly SyntaxNode[];
  readonly object?: SyntaxNode;
  readonly property?: SyntaxNode;
  readonly key?: SyntaxNode;
  readonly callee?: SyntaxNode;
  readonly expression?: SyntaxNode;
  readonly argument?: SyntaxNode;
  readonly parameter?: SyntaxNode;
  readonly param?: SyntaxNode | null;
  readonly left?: SyntaxNode;
  readonly right?: SyntaxNode;
  readonly id?: SyntaxNode | null;
  readonly init?: SyntaxNode | null;
}

/** The names that a file itself gives a meaning to, where something stands. */
export type Bindings = ReadonlySet<string>;

type Take = (node: SyntaxNode, parent: SyntaxNode | null, scope: Bindings) => void;

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const blocks = new Set(['BlockStatement', 'ForStatement', 'ForOfStatement', 'ForInStatement', 'SwitchStatement']);
/** Of these only the expression within is there when the program runs. */
const typedExpressions = new Set([
  ...['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'TSInstantiationExpression'],
]);
const runsAlthoughTyped = new Set(['TSImportEqualsDeclaration', 'TSParameterProperty', 'TSExportAssignment']);

/**
 * Walks what runs of a program, not its types, and tells each node with its parent and the names that are bound there. A
 * name that stands for itself alone (the key of a property, a member) is not told as an identifier.
 */
export function uses(program: unknown, take: Take): void {
  walk(program as SyntaxNode, null, new Set(declaredIn(program as SyntaxNode)), take);
}

function walk(node: SyntaxNode, parent: SyntaxNode | null, outer: Bindings, take: Take): void {
  const type = node.type ?? '';
  if (typedExpressions.has(type)) {
    if (node.expression !== undefined) walk(node.expression, parent, outer, take);
    return;
  }
  if (type.startsWith('TS') && !runsAlthoughTyped.has(type)) return;
  const isScope = functions.has(type) || blocks.has(type) || type === 'CatchClause';
  const scope = isScope ? new Set([...outer, ...boundBy(node)]) : outer;
  take(node, parent, scope);
  for (const [key, value] of Object.entries(node)) {
    if (isNameAlone(node, key)) continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === 'object' && child !== null && 'type' in child) walk(child, node, scope, take);
  }
}

/** A key or a member is a name of its own, unless it is computed; so are the two sides of an import. */
function isNameAlone({ type, computed, shorthand }: SyntaxNode, key: string): boolean {
  if (type === 'MemberExpression') return key === 'property' && computed !== true;
  if (type === 'Property') return key === 'key' && computed !== true && shorthand !== true;
  if (/^(MethodDefinition|PropertyDefinition|AccessorProperty)$/.test(type ?? '')) return key === 'key' && !computed;
  return /^(Import|Export)(Default|Namespace)?Specifier$/.test(type ?? '') && type !== 'ExportSpecifier';
}

function boundBy(node: SyntaxNode): string[] {
  const named = node.type === 'FunctionExpression' && node.id ? namesIn(node.id) : [];
  const given = [...(node.params ?? []), ...(node.type === 'CatchClause' && node.param ? [node.param] : [])];
  return [...named, ...given.flatMap(namesIn), ...declaredIn(node)];
}

/** What stands at the top of a program, a function or a block; `var` of a deeper block counts there alone. */
function declaredIn(node: SyntaxNode): string[] {
  const names: string[] = [];
  const look = (value: unknown) => {
    if (Array.isArray(value)) return value.forEach(look);
    const child = value as SyntaxNode | null;
    if (typeof child !== 'object' || child === null) return;
    const { declaration, declarations } = child as { declaration?: unknown; declarations?: readonly SyntaxNode[] };
    if (child.type === 'ImportDeclaration')
      for (const { local } of child.specifiers ?? []) if (local !== undefined) names.push(...namesIn(local));
    if (child.type === 'VariableDeclaration')
      for (const { id } of declarations ?? []) if (id) names.push(...namesIn(id));
    if (/^(Function|Class)Declaration$/.test(child.type ?? '') && child.id) names.push(...namesIn(child.id));
    if (/^Export/.test(child.type ?? '')) look(declaration);
  };
  const { body, init, left } = node as { body?: unknown; init?: unknown; left?: unknown };
  look(init);
  look(left);
  look(body);
  return names;
}

function namesIn(pattern: SyntaxNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name ?? ''];
    case 'ObjectPattern':
      return (pattern.properties ?? []).flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property : (property.value as SyntaxNode)),
      );
    case 'ArrayPattern':
      return (pattern.elements ?? []).flatMap((element) => (element === null ? [] : namesIn(element)));
    case 'AssignmentPattern':
      return pattern.left ? namesIn(pattern.left) : [];
    case 'RestElement':
      return pattern.argument ? namesIn(pattern.argument) : [];
    case 'TSParameterProperty':
      return pattern.parameter ? namesIn(pattern.parameter) : [];
    default:
      return [];
  }
}
