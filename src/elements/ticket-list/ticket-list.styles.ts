import { css } from 'lit';

import { accent, accentText, line, muted, tint, touch } from '../../styles/tokens.js';

export const list = css`
  .filter {
    display: flex;
    gap: 20px;
    border-block-end: 1px solid ${line};
  }

  [part='filter-button'] {
    min-block-size: ${touch};
    padding: 0;
    border: 0;
    border-block-end: 2px solid transparent;
    margin-block-end: -1px;
    background: none;
    color: ${muted};
    cursor: pointer;
  }

  [part='filter-button'][aria-pressed='true'] {
    border-color: ${accent};
    color: inherit;
    font-weight: 600;
  }

  [aria-busy='true'] li {
    opacity: 0.5;
  }

  li {
    position: relative;
    display: grid;
    grid-template: 'subject when' auto 'meta state' auto / 1fr auto;
    gap: 2px 16px;
    align-items: baseline;
    padding: var(--portal-row-padding, 8px) 12px;
    padding-inline-start: 20px;
    border-block-end: 1px solid ${line};
    line-height: 1.4;
  }

  li:hover {
    background: ${tint};
  }

  .unread::before {
    content: '';
    position: absolute;
    inset-block-start: calc(var(--portal-row-padding, 8px) + 0.45em);
    inset-inline-start: 4px;
    border: 4px solid ${accent};
    border-radius: 50%;
  }

  .unread [part='subject'] {
    font-weight: 600;
  }

  [part='unread'] {
    color: ${accentText};
  }

  [part='subject'] {
    color: inherit;
    text-decoration: none;
  }

  li:hover [part='subject'] {
    text-decoration: underline;
  }

  /* The whole row follows the link, while the link itself is only the subject. */
  [part='subject']::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  [part='subject']:focus-visible {
    outline: none;
  }

  [part='subject']:focus-visible::after {
    outline: 2px solid var(--portal-color-focus, ${accentText});
    outline-offset: -2px;
  }

  .state {
    grid-area: state;
    display: flex;
    gap: 12px;
    align-items: baseline;
    font-size: 0.875em;
  }

  .when {
    grid-area: when;
    text-align: end;
  }

  [part='empty'],
  [part='more'] {
    margin-block: 16px;
  }

  @container (max-width: 36rem) {
    li {
      grid-template: 'subject' auto 'meta' auto 'state' auto / 1fr;
    }

    .when {
      grid-area: state;
    }
  }
`;
