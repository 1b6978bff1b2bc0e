/**
 * Makes the page believe that it is another time, where the clock then stands still: "2 hours ago" stays true however
 * long somebody looks. Only `Date` is stopped; timers and animations go on.
 *
 * @param iso the time, ISO 8601
 * @returns puts the clock back
 * @throws RangeError for what is no time
 */
export function stopClock(iso: string): () => void {
  const { Date: before } = globalThis;
  const now = before.parse(iso);
  if (Number.isNaN(now)) throw new RangeError(`"${iso}" is no time`);
  // Not a subclass: every date made stays a plain one, of the same constructor as those made before.
  globalThis.Date = new Proxy(before, {
    apply: () => String(new before(now)),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length ? args : [now], newTarget) as Date,
    get: (target, key) => (key === 'now' ? () => now : (Reflect.get(target, key) as unknown)),
  });
  return () => {
    globalThis.Date = before;
  };
}
