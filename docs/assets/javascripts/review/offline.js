// Lets the page open again without a network, where the browser can: the worker at the root of the site keeps its files.

/** Have the files of this page kept; `at` gives the address of a file of the site. */
export async function keepForOffline(at) {
  if (!navigator.serviceWorker) return;
  // A worker that is new takes the page over at any time from here on, and has kept nothing of it.
  const served = navigator.serviceWorker.controller;
  try {
    await navigator.serviceWorker.register(at("review-offline.js"));
    const { active } = await navigator.serviceWorker.ready;
    // A page that the worker served already has had its files kept on the way.
    if (served) return;
    active?.postMessage([location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)]);
  } catch {
    // A browser that forbids it needs the network to open the page; an open page goes on without.
  }
}
