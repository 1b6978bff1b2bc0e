import { adoptStyles, type CSSResult, type LitElement } from 'lit';

const added = new WeakMap<LitElement, ReadonlySet<CSSResult>>();

/** Gives an element the styles of a part that came later, beside its own and those of other such parts. */
export function addStyles(host: LitElement, ...styles: readonly CSSResult[]): void {
  const all = new Set([...(added.get(host) ?? []), ...styles]);
  added.set(host, all);
  const { elementStyles } = host.constructor as typeof LitElement;
  adoptStyles(host.renderRoot as ShadowRoot, [...elementStyles, ...all]);
}
