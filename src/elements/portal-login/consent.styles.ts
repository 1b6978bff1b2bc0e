import { css } from 'lit';

import { edge, line, space } from '../../styles/tokens.js';

/** Of the text of the notice, wherever it is shown. */
export const consentText = css`
  [part='consent-text'] {
    max-inline-size: 70ch;
    padding-inline-start: ${space};
    border-inline-start: ${edge} solid ${line};
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  [part='consent-text'] p {
    margin-block: 0 0.75em;
  }

  [part='consent-text'] p:last-child {
    margin-block-end: 0;
  }
`;

/** Of what is around it for customers: it comes with its code. */
export const consentStyles = css`
  form.consent {
    max-inline-size: 42em;
  }

  [part='consent'] {
    display: grid;
    gap: 12px;
    max-inline-size: 42em;
    margin-block: ${space};
  }

  [part='consent'] .bar {
    flex-wrap: wrap;
    gap: 12px;
    justify-content: start;
  }

  [part='consent-question'] .bar {
    margin-block-start: 12px;
  }
`;
