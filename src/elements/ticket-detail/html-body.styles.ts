import { css } from 'lit';

import { accentText, bold, line, muted, small, space } from '../../styles/tokens.js';

/** What is inside of a message that came as HTML; the page reaches none of it. */
export const htmlBodyStyles = css`
  :host {
    display: block;
    contain: content;
    overflow-wrap: anywhere;
  }

  * {
    box-sizing: border-box;
  }

  div > :first-child {
    margin-block-start: 0;
  }

  div > :last-child {
    margin-block-end: 0;
  }

  a {
    color: var(--portal-color-link, ${accentText});
    text-underline-offset: 0.2em;
  }

  b,
  strong,
  th {
    font-weight: ${bold};
  }

  img {
    max-inline-size: 100%;
    block-size: auto;
    vertical-align: middle;
  }

  img:not([src]) {
    display: inline-block;
    outline: 1px dashed ${line};
    outline-offset: -1px;
    overflow: hidden;
    color: ${muted};
    font-size: ${small};
  }

  table {
    max-inline-size: 100%;
    border-collapse: collapse;
  }

  table:has(th) :is(th, td) {
    padding: 4px 10px;
    border: 1px solid ${line};
    text-align: start;
    vertical-align: top;
  }

  pre {
    white-space: pre-wrap;
  }

  hr {
    border: 0;
    border-block-start: 1px solid ${line};
  }

  small {
    color: ${muted};
  }

  a small {
    color: inherit;
  }

  summary {
    inline-size: fit-content;
    padding-block: 10px;
    color: ${muted};
    font-size: ${small};
    cursor: pointer;
  }

  summary:focus-visible {
    outline: 2px solid;
  }

  blockquote {
    margin-inline: 0;
    padding-inline-start: ${space};
    border-inline-start: 2px solid ${line};
    color: ${muted};
  }
`;
