import { css } from 'lit';

import { border, borderWidth, radius, raised, touch } from '../styles/tokens.js';

/** Of a choice among the fields of properties; the others are like every field. */
export const propertyFields = css`
  select {
    inline-size: 100%;
    min-block-size: ${touch};
    margin: 0;
    padding: 9px 12px;
    border: ${borderWidth} solid ${border};
    border-radius: ${radius};
    background: ${raised};
    color: inherit;
    font: inherit;
  }

  @media (pointer: coarse) {
    select {
      font-size: max(16px, 1em);
    }
  }
`;
