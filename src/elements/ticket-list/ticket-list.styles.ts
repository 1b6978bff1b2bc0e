import { css } from 'lit';

import { accent, accentText, bold, edge, focus, line, muted, small, touch } from '../../styles/tokens.js';

const current = css`var(--portal-color-current, color-mix(in oklab, ${accent} 12%, transparent))`;

/**
 * Rows, and the place of the tools, which come a moment later into a height that is kept for them: one line, on a narrow
 * list two, and one more where something is chosen already. Cells have a width of their own each, so that columns are
 * straight without any row knowing of another.
 */
export const list = css`
  [part='tools'] {
    display: block;
    min-block-size: calc(${touch} + 1px);
  }

  [part='tools'].chosen {
    min-block-size: calc(${touch} * 2 + 2px);
  }

  [part='as-of'] {
    margin-block-start: 12px;
  }

  [part='list'] {
    display: flow-root;
  }

  [part='list'].old li {
    opacity: 0.5;
  }

  [part='column-names'],
  li {
    display: flex;
    column-gap: var(--portal-row-gap, 20px);
    align-items: center;
  }

  [part='column-names'] {
    padding-block: 6px;
    border-block-end: 1px solid ${line};
  }

  li {
    position: relative;
    padding-block: var(--portal-row-padding, 8px);
    border-block-end: 1px solid ${line};
    line-height: 1.4;
  }

  .main {
    flex: 1 1 12em;
    min-inline-size: 0;
  }

  [part~='cell'] {
    flex: 0 1 8em;
    min-inline-size: 0;
  }

  [part~='cell-number'] {
    flex-basis: 5em;
  }

  [part~='cell-status'] {
    flex-basis: 13em;
  }

  [part~='cell-updated'] {
    flex-basis: 7em;
    text-align: end;
  }

  [part='cell-name'] {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
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

  li.current {
    background: ${current};
    box-shadow: -8px 0 ${current}, 8px 0 ${current};
  }

  li.current::before {
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

  [part='mark'] {
    background: var(--portal-color-mark, color-mix(in oklab, ${accent} 22%, transparent));
    color: inherit;
    font-weight: ${bold};
  }

  [part~='state'] {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    align-items: center;
    font-size: ${small};
  }

  [part='turn-support'] {
    color: ${muted};
  }

  [part='empty'],
  [part~='more'] {
    margin-block: 16px;
  }

  @container (max-width: 40em) {
    [part='tools'] {
      min-block-size: calc(${touch} * 2 + 17px);
    }

    [part='tools']:is(.chosen, .scoped) {
      min-block-size: calc(${touch} * 3 + 18px);
    }

    [part='column-names'] {
      display: none;
    }

    li {
      flex-wrap: wrap;
      row-gap: 2px;
    }

    .main {
      flex-basis: 100%;
    }

    [part~='cell'] {
      flex: 0 1 auto;
    }

    [part~='cell-updated'] {
      margin-inline-start: auto;
    }

    [part='cell-name'] {
      position: static;
      clip-path: none;
    }
  }
`;
