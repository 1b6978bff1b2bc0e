import { executeServerCommand } from '@web/test-runner-commands';

/** Chromium's accessibility tree as text: what it hands to screen readers, a line for each thing. */

interface AxValue {
  readonly value?: unknown;
}

interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: AxValue;
  readonly name?: AxValue;
  readonly description?: AxValue;
  readonly value?: AxValue;
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[];
  readonly childIds?: readonly string[];
}

/** Said by screen readers, in this order. A state that is not on is left out, unless it could be turned on. */
const states = ['level', 'pressed', 'expanded', 'checked', 'disabled', 'readonly', 'required', 'invalid', 'busy'];

/** No screen reader names them. */
const silent = new Set(['none', 'generic', 'InlineTextBox', 'LineBreak']);

const cdp = (method: string, params?: object) => executeServerCommand('cdp', { method, params });

const textOf = ({ value }: AxValue = {}): string =>
  typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';

function stateOf({ role, properties = [] }: AxNode, name: string): string | undefined {
  if (name === 'level' && textOf(role) !== 'heading') return undefined;
  const value = properties.find((property) => property.name === name)?.value.value;
  if (value === undefined) return undefined;
  const usual = name === 'pressed' || name === 'expanded' || name === 'level' ? undefined : 'false';
  return String(value) === usual ? undefined : `${name}=${String(value)}`;
}

function lineOf(node: AxNode): string {
  const said = states.map((state) => stateOf(node, state)).filter((state) => state !== undefined);
  const [name, value, description] = [node.name, node.value, node.description].map(textOf);
  return [
    textOf(node.role),
    name && `“${name}”`,
    said.length && `[${said.join(' ')}]`,
    value && `= “${value}”`,
    description && `(${description})`,
  ]
    .filter(Boolean)
    .join(' ');
}

const isText = ({ role }: AxNode): boolean => textOf(role) === 'StaticText';

/**
 * Texts that follow each other, joined as they are read. A `|` stands where there is no space between two of them: good
 * between boxes of their own, which are read one by one, and between signs; inside a name words would run together.
 */
function runOf(texts: readonly AxNode[]): string {
  const raw = texts.map(({ name }) => (typeof name?.value === 'string' ? name.value : ''));
  const joined = raw.reduce((before, text) =>
    /\s$/.test(before) || /^\s/.test(text) ? before + text : `${before}|${text}`,
  );
  return joined.replace(/\s+/g, ' ').trim();
}

/** The tree of the page's main part, or of a dialog over it, for then there is nothing else; each thing indented below what it is in. */
export async function accessibilityTree(): Promise<string> {
  const { nodes } = (await cdp('Accessibility.getFullAXTree')) as unknown as { nodes: readonly AxNode[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inside = (node: AxNode): AxNode[] =>
    (node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      if (!child) return [];
      return child.ignored || silent.has(textOf(child.role)) ? inside(child) : [child];
    });
  const lines: string[] = [];
  const write = (around: AxNode, depth: number): void => {
    const indent = '  '.repeat(depth);
    const children = inside(around);
    for (let at = 0; at < children.length; at++) {
      const child = children[at] as AxNode;
      if (!isText(child)) {
        lines.push(indent + lineOf(child));
        write(child, depth + 1);
        continue;
      }
      const from = at;
      while (isText(children[at + 1] ?? around)) at++;
      const run = runOf(children.slice(from, at + 1));
      // What is named by the words in it has said them already.
      if (run && ![around.name, around.value].some((said) => textOf(said) === run)) lines.push(`${indent}“${run}”`);
    }
  };
  const [dialog, main] = ['dialog', 'main'].map((name) => nodes.find(({ role }) => textOf(role) === name));
  if (dialog) lines.push(lineOf(dialog));
  if (dialog) write(dialog, 1);
  else if (main) write(main, 0);
  return `${lines.join('\n')}\n`;
}

/** What the file of the golden tree holds; it is written first when the trees are made anew. */
export async function goldenTree(path: string, tree: string): Promise<string> {
  const answer = await executeServerCommand<{ text: string }, { path: string; text: string }>('golden', {
    path: `trees/${path}`,
    text: tree,
  });
  return answer.text;
}

/** Times are read by the clock of one place, whatever machine the tests run on. */
export const inWarsaw = (): Promise<unknown> => cdp('Emulation.setTimezoneOverride', { timezoneId: 'Europe/Warsaw' });
