const minute = 60_000;
const hour = 60 * minute;

/** One formatter for each language: to make one takes longer than all the rest of a row. */
function once<T>(make: (locale: string) => T): (locale: string) => T {
  const made: Record<string, T> = {};
  return (locale) => (made[locale] ??= make(locale));
}

const date = (options: Intl.DateTimeFormatOptions) => once((locale) => new Intl.DateTimeFormat(locale, options));

const ago = once((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const thisYear = date({ day: 'numeric', month: 'short' });
const anyYear = date({ day: 'numeric', month: 'short', year: 'numeric' });
const full = date({ dateStyle: 'long', timeStyle: 'short' });
const clock = date({ timeStyle: 'short' });
const plain = once((locale) => new Intl.NumberFormat(locale));

export const numberText = (locale: string, value: number): string => plain(locale).format(value);

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** "5 minutes ago", "yesterday", and from a week on the date: what a reader would say. */
export function shortTime(locale: string, iso: string, now: number = Date.now()): string {
  const time = Date.parse(iso);
  const relative = ago(locale);
  const age = now - time;
  // A clock that is a little ahead of ours must not speak of the future.
  if (age < minute) return relative.format(0, 'second');
  if (age < hour) return relative.format(-Math.floor(age / minute), 'minute');
  // Days are counted on the calendar; rounding hides the hour that a change of clocks adds or takes.
  const days = Math.round((startOfDay(now) - startOfDay(time)) / (24 * hour));
  if (days === 0) return relative.format(-Math.floor(age / hour), 'hour');
  if (days < 7) return relative.format(-days, 'day');
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? thisYear : anyYear)(locale).format(time);
}

/**
 * Makes ready what says times in a language. The first formatter of a page takes longer to make than a page of rows: it is
 * made while there is something to wait for.
 */
export function prepareTimes(locale: string): void {
  for (const make of [ago, thisYear, full]) make(locale);
}

export const fullTime = (locale: string, iso: string): string => full(locale).format(Date.parse(iso));

/** "12:03" of today, and with the date of any other day. */
export const asOfTime = (locale: string, iso: string, now: number = Date.now()): string =>
  startOfDay(Date.parse(iso)) === startOfDay(now) ? clock(locale).format(Date.parse(iso)) : fullTime(locale, iso);
