import { css } from 'lit';

import { accent, bold, onAccent } from '../../styles/tokens.js';

/** A number in a line of the page's own: it takes no room while there is none. */
export const count = css`
  [part='count'] {
    box-sizing: border-box;
    display: inline-block;
    min-inline-size: 1.75em;
    padding-inline: 0.4em;
    border: 1px solid transparent;
    border-radius: var(--portal-count-radius, 1em);
    background: var(--portal-color-count, ${accent});
    color: var(--portal-color-on-count, ${onAccent});
    font-size: 0.8125em;
    font-weight: ${bold};
    font-variant-numeric: tabular-nums;
    line-height: 1.5;
    text-align: center;
    white-space: nowrap;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
