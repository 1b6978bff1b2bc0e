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

  [part~='sign-out'] {
    flex: none;
  }

  summary {
    cursor: pointer;
  }

  .bar ~ p {
    margin-block-end: 8px;
  }

  [part='unsent'] .bar {
    flex-wrap: wrap;
    justify-content: start;
    margin-block: 8px ${space};
  }

  details [part~='button'] {
    margin-inline-end: ${space};
  }
`;
