/** Everything below a root, through shadow roots. */
export function* composed(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.children as Iterable<HTMLElement>) {
    yield element;
    if (element.shadowRoot) yield* composed(element.shadowRoot);
    yield* composed(element);
  }
}
