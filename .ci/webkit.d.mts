export interface FoundWebkit {
  /** Path of `WebKitWebDriver`. */
  driver: string;
  /** Path of the browser that it drives. */
  browser: string;
  /** Path of `Xvfb`. */
  display: string;
}
export function findWebkit(env?: Record<string, string | undefined>, root?: string): FoundWebkit | { why: string };
