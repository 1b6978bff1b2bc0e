import { css } from 'lit';

import {
  accent,
  border,
  borderWidth,
  line,
  muted,
  radius,
  raised,
  small,
  space,
  touch,
} from '../../../styles/tokens.js';

/** Of what comes with a ticket beside its thread. A choice is said by the native mark as well, never by a border alone. */
export const more = css`
  [part='properties'] {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 20px;
    margin: 0;
    font-size: ${small};
  }

  [part='people'] {
    margin-block-start: 2px;
  }

  [part='changes'] {
    gap: 0 20px;
    font-size: ${small};
  }

  [part='property-name'],
  [part='property-value'] {
    display: inline;
    margin: 0;
  }

  [part='property-name'] {
    color: ${muted};
  }

  [part='details-form'],
  [part='colleague-form'] {
    margin-block: 16px 20px;
    padding: 0 0 20px;
    border: 0;
    border-block-end: 1px solid ${line};
  }

  [part='details-fields'] {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 14em), 1fr));
    gap: ${space};
    align-items: start;
    inline-size: 100%;
  }

  [part='ties'] {
    margin-block-end: 6px;
  }

  [part='follow-up-offer'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: center;
    margin-block-start: 8px;
  }

  [part='rating'] {
    margin-block-end: 20px;
    padding-block-start: 20px;
    border-block-start: 1px solid ${line};
  }

  [part='rated'] [part='label'] {
    margin-inline-end: 6px;
  }

  [part='rating-comment'] {
    margin-block-start: 4px;
    white-space: pre-wrap;
  }

  [part='rating-choice'] {
    inline-size: 100%;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  [part='rating-choice'] legend {
    padding: 0;
  }

  [part='rating-steps'] {
    display: grid;
    grid-template-columns: repeat(5, minmax(0, 1fr));
    gap: 6px;
    margin-block-start: 12px;
  }

  [part='rating-step'] {
    display: grid;
    gap: 6px;
    align-content: start;
    justify-items: center;
    min-block-size: ${touch};
    padding: 12px 2px;
    border: ${borderWidth} solid ${border};
    border-radius: ${radius};
    background: ${raised};
    font-size: ${small};
    font-weight: inherit;
    line-height: 1.25;
    text-align: center;
    cursor: pointer;
  }

  [part='rating-step']:has(:checked) {
    border-color: ${accent};
    box-shadow: inset 0 0 0 1px ${accent};
  }

  [part='rating-step'] input {
    inline-size: 20px;
    min-block-size: 0;
    block-size: 20px;
    accent-color: ${accent};
    cursor: inherit;
  }

  [part='rating'] textarea {
    min-block-size: 5em;
  }
`;
