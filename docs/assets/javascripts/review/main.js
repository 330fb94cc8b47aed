// The page on which reviews are made. Everything stays in this browser; nothing is sent anywhere.

import { loadCatalog } from "./core/catalog.js";
import { OpenReview } from "./core/model.js";
import { openStore } from "./core/store.js";
import { loadSchema } from "./core/validation.js";
import { Engine } from "./engine.js";
import { keepForOffline } from "./offline.js";
import { showProblems } from "./ui/dialogs.js";
import { h } from "./ui/dom.js";
import { migrateToThisEdition } from "./ui/migrate.js";
import { focusHeading, showReviewList } from "./ui/review-list.js";
import { View } from "./ui/view.js";

const root = /** @type {HTMLElement} */ (document.getElementById("review-root"));
// The root of the site, wherever it is published: this file lies three folders below it.
const base = new URL("../../../", import.meta.url);
const at = (path) => new URL(path, base).href;

let view;

async function run() {
  if (!isSecureContext)
    throw new Error("a browser keeps reviews only for pages that come by https, or from the machine itself.");
  const [catalog, store] = await Promise.all([
    loadCatalog(at("catalog.json")),
    openStore(),
    loadSchema(at("schema/review-1.schema.json"), at("assets/vendor/json-schema/index.js")),
  ]);
  const engine = new Engine({ address: at("engine/"), catalog: at("catalog.json"), editions: at("editions.json") });
  const leave = () => (location.hash = "");
  const begin = (id) => (location.hash = `review=${id}`);

  // A site's editions share what the browser keeps: a review of another one is moved here, or stays as it is.
  const load = async (id) => {
    const stored = id && (await store.load(id));
    const review = stored && (await migrateToThisEdition(engine, stored));
    if (review && review !== stored) {
      await store.keep(stored, `before it was moved from edition ${stored.edition}`);
      await store.put(review);
    }
    return { review, there: Boolean(stored) };
  };

  const title = document.title;
  const show = async () => {
    const place = new URLSearchParams(location.hash.slice(1));
    const id = place.get("review");
    const { review, there } = await load(id);
    view?.close();
    view = undefined;
    document.body.classList.toggle("rv-open", Boolean(review));
    document.title = review ? `${review.title} - ${title}` : title;
    if (!review) {
      await showReviewList(root, {
        catalog,
        store,
        engine,
        begin,
        profile: new URLSearchParams(location.search).get("profile") ?? "",
      });
      if (id && !there) root.prepend(h("p", { role: "alert" }, "That review is not in this browser. Import its file."));
      return;
    }
    view = new View(root, new OpenReview(review, catalog, store), { engine, leave, base });
    if (review.targets.some((target) => target.id === place.get("target"))) view.aim(place.get("target"));
    if (place.get("rule")) view.reveal(place.get("rule"));
    else scrollTo(0, 0);
  };
  addEventListener("hashchange", async () => {
    await show();
    if (!new URLSearchParams(location.hash.slice(1)).get("rule")) focusHeading(root);
  });
  addEventListener("unhandledrejection", ({ reason }) =>
    showProblems("That could not be done", [reason?.message ?? String(reason)]),
  );
  await show();
  await keepForOffline(at);
}

run().catch((error) => {
  root.replaceChildren(
    h("div.rv-alert", { role: "alert" }, h("p", {}, h("strong", {}, "The page cannot start: "), error.message)),
  );
});
