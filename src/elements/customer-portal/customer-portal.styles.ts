import { css } from 'lit';

import { line, space } from '../../styles/tokens.js';

export const portal = css`
  [part='header'] {
    margin-block-end: ${space};
  }

  .line {
    border-block-end: 1px solid ${line};
  }

  slot[name='login']::slotted(*),
  [exportparts] {
    flex: auto;
  }
`;
