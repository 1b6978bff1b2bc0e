import { css } from 'lit';

import { dangerText, edge, noticeRadius, space, threadWidth } from '../../styles/tokens.js';

export const form = css`
  [part~='base'] > * {
    max-inline-size: var(--portal-form-width, ${threadWidth});
  }

  [part='summary'] {
    inline-size: 100%;
    padding: ${space};
    border: 2px solid ${dangerText};
    border-radius: ${noticeRadius};
  }

  [part='problem'] {
    display: inline-block;
    min-block-size: 24px;
    color: ${dangerText};
  }

  [part='success'] {
    padding-inline-start: ${space};
    border-inline-start: ${edge} solid var(--portal-color-success, #2f855a);
    border-radius: ${noticeRadius};
  }

  .bar {
    justify-content: start;
  }
`;
