import { css } from 'lit';

import { accent, accentText, border, dangerText, line, muted, onAccent, radius, space, tint, touch } from './tokens.js';

/**
 * What all elements share: text, controls, notices and skeleton. Some of these rules are not plain from what they say:
 * the host has a least size, because the base in it is a size container and would shrink to nothing in a flexible row;
 * headings show no ring, because they take the focus when a view opens and nobody comes to them by key; fields are 16 px
 * on touch, because phones zoom into smaller ones. Nothing moves; the skeleton only fades in, late enough that a quick
 * answer shows none.
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
    text-align: start;
    overflow-wrap: anywhere;
    line-height: 1.5;
  }

  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  a {
    color: ${accentText};
    text-underline-offset: 0.2em;
  }

  button,
  input,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }

  :focus-visible {
    outline: 2px solid var(--portal-color-focus, ${accentText});
    outline-offset: 2px;
  }

  [part~='heading'] {
    font-size: var(--portal-heading-size, 1.375em);
    font-weight: 600;
    line-height: 1.25;
    text-wrap: balance;
  }

  [tabindex='-1']:focus {
    outline: none;
  }

  .meta {
    font-size: 0.875em;
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

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-block-size: ${touch};
    padding: 8px 16px;
    border: 1px solid ${border};
    border-radius: ${radius};
    background: transparent;
    color: inherit;
    text-decoration: none;
    cursor: pointer;
  }

  .button:not(.primary, .plain):hover {
    background: ${tint};
  }

  .primary {
    border-color: transparent;
    background: ${accent};
    color: ${onAccent};
    font-weight: 600;
  }

  .primary:hover {
    filter: brightness(1.1);
  }

  .plain {
    padding-inline: 0;
    border: 0;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  [aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  .field {
    display: grid;
    gap: 4px;
    inline-size: 100%;
  }

  label,
  .label {
    font-weight: 600;
  }

  input,
  textarea {
    inline-size: 100%;
    min-block-size: ${touch};
    padding: 9px 12px;
    border: 1px solid ${border};
    border-radius: ${radius};
    background: transparent;
  }

  [aria-invalid='true'] {
    border: 2px solid ${dangerText};
  }

  @media (pointer: coarse) {
    input,
    textarea {
      font-size: max(16px, 1em);
    }
  }

  [part~='error'] {
    color: ${dangerText};
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 4px ${space};
    align-items: center;
    padding-inline: ${space};
    margin-block: 8px;
    border-inline-start: 3px solid;
  }

  .skeleton {
    display: grid;
    gap: ${space};
    align-content: start;
    padding-block: ${space};
    min-block-size: var(--portal-skeleton-height, 20em);
    animation: appear 0.2s 0.2s both;
  }

  .skeleton i {
    block-size: 1em;
    border: 1px solid transparent;
    border-radius: ${radius};
    background: ${line};
    opacity: 0.6;
  }

  .skeleton i:nth-child(even) {
    inline-size: 60%;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;
