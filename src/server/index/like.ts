/** Pattern of LIKE for texts that contain `q`, whatever is in it. */
export const likePattern = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`;
