import { css } from 'lit';

import { accent, onAccent } from './tokens.js';

/** A ticket's status and whose turn it is. Shapes are made of borders, which forced colours keep. */
export const status = css`
  .status {
    display: inline-flex;
    gap: 0.5em;
    align-items: baseline;
  }

  .status::before {
    content: '';
    flex: none;
    inline-size: 0.625em;
    block-size: 0.625em;
    border: 2px solid;
    border-radius: 50%;
  }

  .waiting_on_contact::before {
    border-width: 0.3125em;
    border-radius: 1px;
    scale: 0.85;
    rotate: 45deg;
  }

  .closed::before {
    border-width: 0.3125em;
    opacity: 0.6;
  }

  .turn {
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: 1em;
    background: ${accent};
    color: ${onAccent};
    font-size: 0.8125em;
    font-weight: 600;
    white-space: nowrap;
  }
`;
