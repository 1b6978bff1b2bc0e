import { css } from 'lit';

import { accent, accentText, bold, edge, focus, line, muted, small, touch } from '../../styles/tokens.js';

const current = css`var(--portal-color-current, color-mix(in oklab, ${accent} 12%, transparent))`;

export const list = css`
  [part='filter'] {
    display: flex;
    gap: 20px;
    border-block-end: 1px solid ${line};
  }

  [part='as-of'] {
    margin-block-start: 12px;
  }

  [part='filter-button'] {
    min-inline-size: 24px;
    min-block-size: ${touch};
    padding: 0 0 2px;
    border: 0;
    margin-block-end: -1px;
    background: none;
    color: ${muted};
    text-align: start;
    cursor: pointer;
  }

  [part='filter-button'][aria-pressed='true'] {
    padding: 0;
    border-block-end: 2px solid ${accent};
    color: inherit;
    font-weight: ${bold};
  }

  [aria-busy='true'] li {
    opacity: 0.5;
  }

  li {
    position: relative;
    display: grid;
    grid-template: 'subject state when' auto 'meta state when' 1fr / 1fr 13em 7em;
    column-gap: var(--portal-row-gap, 20px);
    align-items: center;
    padding-block: var(--portal-row-padding, 8px);
    border-block-end: 1px solid ${line};
    line-height: 1.4;
  }

  li > [role='heading'] {
    grid-area: subject;
  }

  [part='meta'] {
    grid-area: meta;
    align-self: start;
  }

  [part='unread'] {
    color: var(--portal-color-unread, ${accentText});
  }

  [part='unread']::before {
    content: '';
    display: inline-block;
    margin-inline-end: 6px;
    border: 4px solid;
    border-radius: 50%;
  }

  [part='subject'] {
    color: inherit;
    text-decoration: none;
  }

  [part~='row-unread'] [part='subject'] {
    font-weight: ${bold};
  }

  li:has([aria-current]) {
    background: ${current};
    box-shadow: -8px 0 ${current}, 8px 0 ${current};
  }

  li:has([aria-current])::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: -8px;
    border-inline-start: ${edge} solid ${accent};
  }

  li:hover [part='subject'] {
    text-decoration: underline;
  }

  [part='subject']::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  [part='subject']:focus-visible {
    outline: none;
  }

  [part='subject']:focus-visible::after {
    outline: ${focus};
  }

  [part='state'] {
    grid-area: state;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    font-size: ${small};
  }

  .when {
    grid-area: when;
    text-align: end;
  }

  [part='empty'],
  [part~='more'] {
    margin-block: 16px;
  }

  @container (max-width: 40em) {
    li {
      grid-template: 'subject subject' auto 'meta meta' auto 'state when' auto / 1fr auto;
    }
  }
`;
