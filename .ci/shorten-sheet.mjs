/**
 * Takes comments, white space and what else CSS can do without out of style sheets: the minifier cannot know that these
 * texts are CSS.
 */
export const shortenSheet = (sheet) =>
  sheet
    .replace(/\/\*.*?\*\//gs, '')
    // Only a name may stand without quotes: `[tabindex=-1]` would be no selector, and its rule be dropped.
    .replace(/='([a-z][\w-]*)'\]/g, '=$1]')
    .replace(/('[^']*'|"[^"]*")|\s*([{};,])\s*|(:)\s+|\s+/g, (_, text, mark, colon) => text ?? mark ?? colon ?? ' ')
    .replace(/;}/g, '}')
    .replace(/(?<=[\s:,(])0(?=\.\d)/g, '');
