/** Elements below a root as a reader sees them: into shadow roots as well. */
export function* composed(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* composed(element.shadowRoot);
  }
}
