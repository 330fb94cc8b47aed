// A service worker for the page of reviews: keeps what that page needs, so that it opens again without a network.
// It lies at the root of the site, because a worker sees only what is asked for below it. What comes over the network
// is always preferred, and no other page is touched.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { scope } = worker.registration;
const KEPT = `vger-review ${scope}`;
const NEEDED = ["review/", "assets/", "engine/", "schema/", "catalog.json", "editions.json"];

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

// What the page had loaded before the worker was there. A browser that has no room keeps nothing, and the page works on.
worker.addEventListener("message", (event) => event.waitUntil(keep(event.data).catch(() => {})));

worker.addEventListener("fetch", (event) => {
  const key = keyOf(event.request);
  if (key) event.respondWith(newest(event, key));
});

async function keep(addresses) {
  const cache = await caches.open(KEPT);
  const keys = addresses.map((url) => keyOf({ method: "GET", url })).filter(Boolean);
  await Promise.all([...new Set(keys)].map((key) => cache.add(key)));
}

// The address without what follows the path, or nothing where the page of reviews does not need it.
function keyOf({ method, url }) {
  const { origin, pathname } = new URL(url);
  const path = origin + pathname;
  return method === "GET" && NEEDED.some((each) => path.startsWith(scope + each)) && path;
}

async function newest(event, key) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(cache.put(key, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}
