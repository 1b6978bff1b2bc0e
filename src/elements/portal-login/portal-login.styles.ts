import { css } from 'lit';

import { space, touch } from '../../styles/tokens.js';

export const login = css`
  .bar {
    flex-wrap: nowrap;
    align-items: start;
  }

  [part='person'] {
    min-block-size: ${touch};
    align-content: center;
  }

  .bar > .button {
    flex: none;
  }

  summary {
    cursor: pointer;
  }

  .bar ~ p {
    margin-block-end: 8px;
  }

  details .button {
    margin-inline-end: ${space};
  }
`;
