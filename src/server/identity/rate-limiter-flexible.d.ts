/** The base for stores of one's own, which the package describes without exporting it, and without what a store fills in. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import type { IRateLimiterStoreOptions, RateLimiterRes, RateLimiterStoreAbstract } from 'rate-limiter-flexible';

  export default class Store<Kept> extends RateLimiterStoreAbstract {
    constructor(options: IRateLimiterStoreOptions);
    /** Adds points to a key that ends after `msDuration`, or sets both when forced. */
    protected _upsert(key: string, points: number, msDuration: number, force?: boolean): Promise<Kept>;
    protected _getRateLimiterRes(key: string, changedPoints: number, kept: Kept): RateLimiterRes;
  }
}

declare module 'rate-limiter-flexible/lib/RateLimiterRes.js' {
  export { RateLimiterRes as default } from 'rate-limiter-flexible';
}
