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
    translate: 0 0.05em;
  }

  .waiting_on_contact::before,
  .closed::before {
    inline-size: 0;
    block-size: 0;
    border-width: 0.32em;
  }

  .waiting_on_contact::before {
    border-radius: 1px;
    scale: 0.8;
    rotate: 45deg;
  }

  .closed::before {
    opacity: 0.45;
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
