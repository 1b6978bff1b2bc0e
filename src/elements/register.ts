import { noteVersion } from '../context/note-version.js';

// Who registers a tag can listen to it: without this line our events have no types in such a project.
export type {} from '../events/index.js';

export interface DefineOptions {
  /** Put before each tag: `acme` makes `<acme-ticket-list>`, for pages that must hold two versions. */
  readonly prefix?: string;
  /** Where to define them. Default: the page's own registry. */
  readonly registry?: CustomElementRegistry;
}

/** Registers a class under its tag. Whoever was first keeps the tag, so that loading twice breaks nothing. */
export function register(
  tag: string,
  element: CustomElementConstructor,
  { prefix, registry = customElements }: DefineOptions = {},
): void {
  noteVersion();
  const name = prefix ? `${prefix}-${tag}` : tag;
  if (registry.get(name)) return;
  // A class serves one tag in a registry; another tag takes a class of its own.
  registry.define(name, prefix ? class extends element {} : element);
}
