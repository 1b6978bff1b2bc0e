/** In a browser there is no `node:module`: PGlite imports it, and calls it in Node alone. */
export const createRequire = undefined;
