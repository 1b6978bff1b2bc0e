import { css } from 'lit';

import { accentText, border, line, radius, space, touch } from '../../styles/tokens.js';

/** Files that go along with a message: they come with the code that shows them. */
export const filesStyles = css`
  [part='files'] {
    display: grid;
    margin-block-end: 8px;
  }

  [part='file'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 ${space};
    align-items: center;
    min-block-size: 56px;
    padding-block: 4px;
    border-block-end: 1px solid ${line};
  }

  [part='file-preview'] {
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    border-radius: ${radius};
    object-fit: cover;
  }

  /* Beside one button on a phone, above two of them. */
  [part='file'] .facts {
    flex: 1 1 9em;
    min-inline-size: 0;
  }

  [part='file-size'] {
    white-space: nowrap;
  }

  /* Its own colours: what browsers draw for a dark page looks full when it is empty. */
  [part='file-progress'] {
    display: block;
    appearance: none;
    inline-size: 100%;
    max-inline-size: 20em;
    block-size: 8px;
    margin-block: 6px;
    border: 1px solid ${border};
    border-radius: 4px;
    background: none;
    overflow: hidden;
  }

  [part='file-progress']::-webkit-progress-bar {
    background: none;
  }

  [part='file-progress']::-webkit-progress-value {
    background: ${accentText};
  }

  [part='file-progress']::-moz-progress-bar {
    background: ${accentText};
  }

  [part~='file-remove'],
  [part='file'] [part~='retry'] {
    flex: none;
    min-inline-size: ${touch};
  }

  [part='files-box'] .bar {
    margin-block-start: 4px;
    justify-content: start;
    border-radius: ${radius};
  }

  [part='files-box'] .bar[data-drop] {
    outline: 2px dashed ${accentText};
    outline-offset: 4px;
  }

  @media (forced-colors: active) {
    [part='file-progress'] {
      appearance: auto;
    }
  }
`;
