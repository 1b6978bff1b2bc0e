import { css } from 'lit';

import { accent, line, space, touch } from '../../../styles/tokens.js';

/** Colours beside each other, pictures, and the two samples of a page. */
export const brandStyles = css`
  [part='tab-icon'] {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    object-fit: contain;
  }

  [part='swatches'] {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18em), 1fr));
    gap: 4px calc(${space} * 1.5);
  }

  /* Label, hint, field and error: each on one line with those beside it. */
  [part='swatches'] > [part='field'] {
    grid-row: span 4;
    grid-template-rows: subgrid;
    align-items: start;
    margin-block-end: 12px;
  }

  [part='swatches'] > legend {
    margin-block-end: 8px;
  }

  [part='colour'] {
    display: flex;
    gap: 8px;
    align-items: center;
  }

  output {
    white-space: nowrap;
  }

  [type='color'] {
    flex: none;
    inline-size: 56px;
    block-size: ${touch};
    padding: 4px;
    cursor: pointer;
  }

  [type='range'] {
    max-inline-size: 18em;
    padding: 0;
    border: 0;
    background: none;
    accent-color: ${accent};
  }

  [part='picture'] {
    max-inline-size: 10em;
    inline-size: auto;
    block-size: ${touch};
    object-fit: contain;
  }

  [part='samples'] {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 19em), 1fr));
    gap: ${space};
    inline-size: 100%;
  }

  [part~='sample'] {
    /* What comes into it late moves nothing below. */
    block-size: 30em;
    padding: ${space};
    border: 1px solid ${line};
    border-radius: 10px;
    margin-block-start: 4px;
    overflow: hidden;
  }

  [part='sample-head'] {
    display: flex;
    gap: 10px;
    align-items: center;
    min-block-size: 32px;
    margin-block-end: 8px;
  }

  [part='sample-logo'] {
    max-inline-size: 50%;
    inline-size: auto;
    block-size: 32px;
    object-fit: contain;
  }
`;
