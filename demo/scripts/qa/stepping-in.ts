/**
 * Going from the page around into this frame is no coming back to the page: elements would ask for everything anew, and the
 * wish to fail the next request would be spent before the tester has done anything. Who was really away still comes back.
 */
export function ignoreSteppingIn(): void {
  const gone = new AbortController();
  const { signal } = gone;
  let wasAway = false;
  // The focus is in neither of the two only a moment later.
  const look = () => setTimeout(() => (wasAway = !parent.document.hasFocus()));
  for (const one of [window, parent]) one.addEventListener('blur', look, { signal });
  addEventListener(
    'focus',
    (event) => {
      if (event.isTrusted && event.target === window && !wasAway) event.stopImmediatePropagation();
      wasAway = false;
    },
    { capture: true, signal },
  );
  addEventListener('pagehide', () => gone.abort(), { signal });
}
