const minute = 60_000;
const hour = 60 * minute;

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** "5 minutes ago", "yesterday", and from a week on the date: what a reader would say. */
export function shortTime(locale: string, iso: string, now: number = Date.now()): string {
  const time = Date.parse(iso);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const age = now - time;
  // A clock that is a little ahead of ours must not speak of the future.
  if (age < minute) return relative.format(0, 'second');
  if (age < hour) return relative.format(-Math.floor(age / minute), 'minute');
  // Days are counted on the calendar; rounding hides the hour that a change of clocks adds or takes.
  const days = Math.round((startOfDay(now) - startOfDay(time)) / (24 * hour));
  if (days === 0) return relative.format(-Math.floor(age / hour), 'hour');
  if (days < 7) return relative.format(-days, 'day');
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(time);
}

export const fullTime = (locale: string, iso: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(Date.parse(iso));

/** "12:03" of today, and with the date of any other day. */
export const asOfTime = (locale: string, iso: string, now: number = Date.now()): string =>
  startOfDay(Date.parse(iso)) === startOfDay(now)
    ? new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(Date.parse(iso))
    : fullTime(locale, iso);
