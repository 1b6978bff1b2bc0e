/** Moves this page's clock to a moment, from where it goes on. A frame has a clock of its own. */
export function setClock(moment: string): void {
  if (moment === '') return;
  const Real = Date;
  const offset = Real.parse(moment) - Real.now();
  const now = () => Real.now() + offset;
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}
