import { css } from 'lit';

import { dangerText, space, threadWidth } from '../../styles/tokens.js';

export const form = css`
  [part~='base'] > * {
    max-inline-size: ${threadWidth};
  }

  .summary {
    inline-size: 100%;
    padding: ${space};
    border: 2px solid ${dangerText};
  }

  .summary a {
    color: ${dangerText};
  }

  .bar {
    justify-content: start;
  }
`;
