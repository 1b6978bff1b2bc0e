import { css } from 'lit';

import { accent, accentText, line, radius, space, touch } from '../../styles/tokens.js';

/** Files that go along with a message: they come with the code that shows them. */
export const filesStyles = css`
  [part='files'] {
    display: grid;
    margin-block-end: 8px;
    border-block-start: 1px solid ${line};
  }

  [part='file'] {
    display: flex;
    gap: 4px ${space};
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

  [part='file-facts'] {
    flex: 1;
    min-inline-size: 0;
  }

  [part='file-progress'] {
    display: block;
    inline-size: 100%;
    max-inline-size: 20em;
    block-size: 8px;
    margin-block: 4px;
    accent-color: ${accent};
  }

  [part~='file-remove'],
  [part='file'] [part~='retry'] {
    flex: none;
    min-inline-size: ${touch};
  }

  [part='files-bar'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px ${space};
    align-items: center;
    border-radius: ${radius};
  }

  [part='files-bar'][data-drop] {
    outline: 2px dashed ${accentText};
    outline-offset: 4px;
  }

  @container (max-width: 30em) {
    [part='file'] {
      flex-wrap: wrap;
    }

    [part='file-facts'] {
      flex-basis: calc(100% - 60px);
    }
  }
`;
