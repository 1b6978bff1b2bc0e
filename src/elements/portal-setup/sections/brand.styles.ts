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
    gap: ${space} calc(${space} * 1.5);
    align-items: end;
  }

  [part='swatches'] > legend {
    margin-block-end: 8px;
  }

  [part='colour'] {
    display: flex;
    gap: 8px;
    align-items: center;
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
    min-block-size: 22em;
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

  [part='sample-head'] img {
    max-inline-size: 50%;
    block-size: 32px;
    object-fit: contain;
  }
`;
