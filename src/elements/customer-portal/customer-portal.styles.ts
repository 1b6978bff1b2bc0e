import { css } from 'lit';

import { line, space } from '../../styles/tokens.js';

export const portal = css`
  [part='header'] {
    display: grid;
    gap: ${space};
    align-items: baseline;
    margin-block-end: ${space};
  }

  [part='header'].bar {
    display: flex;
  }

  .line {
    border-block-end: 1px solid ${line};
  }

  [part~='back']:not(:hover) {
    text-decoration: none;
  }

  [part~='back']::before {
    content: var(--portal-icon-back, '←') / '';
    margin-inline-end: 0.4em;
  }

  [part~='back']:dir(rtl)::before {
    scale: -1 1;
  }

  slot[name='login']::slotted(*),
  [exportparts] {
    flex: auto;
  }
`;
