import { css } from 'lit';

import {
  accent,
  accentText,
  bold,
  border,
  borderWidth,
  dangerText,
  edge,
  focus,
  line,
  muted,
  noticeRadius,
  onAccent,
  radius,
  raised,
  small,
  space,
  touch,
} from './tokens.js';

/**
 * What all elements share: text, buttons, notices and skeleton. Some of these rules are not plain from what they say:
 * the host has a least size, because the base in it is a size container and would shrink to nothing in a flexible row;
 * headings show no ring, because they take the focus when a view opens and nobody comes to them by key; a main button has
 * a ring of the bare accent, because its own text is no colour to mix from; what is inside stands on the same surface,
 * and keeps no second distance from its edge. Nothing moves; the skeleton only fades in, late enough that a quick answer
 * shows none. Who asks for more contrast gets the mixed colours at full strength; with forced colours only what is dimmed
 * needs a word, as every shape is a border.
 */
export const base = css`
  :host {
    display: block;
    min-inline-size: min(100%, 17em);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  [part~='base'] {
    container-type: inline-size;
    padding: var(--portal-surface-padding, 0);
    background: var(--portal-color-surface, transparent);
    color: var(--portal-color-text, inherit);
    font-family: var(--portal-font-family, inherit);
    font-size: var(--portal-font-size, inherit);
    text-align: start;
    text-indent: 0;
    text-transform: none;
    white-space: normal;
    overflow-wrap: anywhere;
    line-height: var(--portal-line-height, 1.5);
  }

  [part~='base'] > * {
    --portal-surface-padding: 0;
  }

  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  a {
    color: var(--portal-color-link, ${accentText});
    text-underline-offset: 0.2em;
  }

  button {
    margin: 0;
    font: inherit;
    color: inherit;
  }

  :focus-visible {
    outline: ${focus};
    outline-offset: var(--portal-focus-offset, 2px);
  }

  [part~='heading'] {
    font-family: var(--portal-heading-family, inherit);
    font-size: var(--portal-heading-size, 1.375em);
    font-weight: var(--portal-heading-weight, 600);
    line-height: 1.25;
    text-wrap: balance;
  }

  [tabindex='-1']:focus,
  ::slotted([tabindex='-1']:focus) {
    outline: none;
  }

  .meta {
    font-size: ${small};
    color: ${muted};
  }

  .stack {
    display: grid;
    gap: ${space};
    justify-items: start;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 4px ${space};
    align-items: center;
    justify-content: space-between;
  }

  [part~='button'] {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-block-size: ${touch};
    padding: 8px var(--portal-control-padding, 16px);
    border: ${borderWidth} solid ${border};
    border-radius: ${radius};
    background: ${raised};
    color: inherit;
    text-decoration: none;
    cursor: pointer;
  }

  [part~='button']:where(:hover) {
    background: var(--portal-color-tint, color-mix(in oklab, currentColor 5%, transparent));
  }

  [part~='button-primary'] {
    border-color: transparent;
    background: ${accent};
    color: ${onAccent};
    font-weight: ${bold};
    outline-color: var(--portal-color-focus, ${accent});
  }

  [part~='button-primary']:hover {
    filter: brightness(1.1);
  }

  [part~='button-plain'] {
    padding-inline: 0;
    border: 0;
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  [aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  [part~='error'] {
    color: ${dangerText};
  }

  [part~='failure'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px ${space};
    align-items: center;
    padding-inline: ${space};
    margin-block: 8px;
    border-inline-start: ${edge} solid;
    border-radius: ${noticeRadius};
  }

  [part='skeleton'] {
    display: grid;
    gap: ${space};
    align-content: start;
    padding-block: ${space};
    min-block-size: var(--portal-skeleton-height, 20em);
    animation: appear var(--portal-duration, 0.2s) 0.2s both;
  }

  [part='skeleton-line'] {
    block-size: 1em;
    border: 1px solid transparent;
    border-radius: ${radius};
    background: ${line};
    opacity: 0.6;
  }

  [part='skeleton-line']:nth-child(even) {
    inline-size: 60%;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    [part='skeleton'] {
      animation-duration: 0s;
    }
  }

  @media (prefers-contrast: more) {
    [part~='base'] {
      --portico-muted: 100%;
      --portico-line: 60%;
      --portico-border: 100%;
    }
  }

  @media (forced-colors: active) {
    [aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
