// The page on which reviews are made. Everything stays in this browser; nothing is sent anywhere.

import { extendCatalog, loadCatalog } from "./core/catalog.js";
import { serialize } from "./core/document.js";
import { OpenReview } from "./core/model.js";
import { loadOrganisation } from "./core/organisation.js";
import { openStore } from "./core/store.js";
import { describeSchema, loadSchema } from "./core/validation.js";
import { Engine } from "./engine.js";
import { keepForOffline } from "./offline.js";
import { askWhether, showProblems } from "./ui/dialogs.js";
import { focusHeading, h, sayWhen } from "./ui/dom.js";
import { migrateToThisEdition } from "./ui/migrate.js";
import { showReviewList } from "./ui/review-list.js";
import { reviewerField } from "./ui/reviewer.js";
import { readShared } from "./ui/share.js";
import { importFiles } from "./ui/transfer.js";
import { View } from "./ui/view.js";

const root = /** @type {HTMLElement} */ (document.getElementById("review-root"));
// The root of the site, wherever it is published: this file lies three folders below it.
const home = new URL("../../../", import.meta.url);
const at = (path) => new URL(path, home).href;

let view;

async function run() {
  describeSchema(at("schema/review-1.schema.json"), at("assets/vendor/json-schema/index.js"));
  if (!isSecureContext) throw new Error("this page needs https (or localhost) to save reviews in the browser.");
  const [guide, store, organisation] = await Promise.all([
    loadCatalog(at("assets/questions.json")),
    openStore(),
    loadOrganisation(),
  ]);
  // A folder that was put over another build of the guide is asked for again.
  const base = { current: guide.mark, organisation: organisation?.base };
  const fits = organisation?.base === guide.mark;
  const catalog = organisation && fits ? extendCatalog(guide, organisation.catalog) : guide;
  const engine = new Engine({
    address: at("engine/"),
    catalog: at("catalog.json"),
    editions: at("editions.json"),
    organisation: fits ? organisation?.files : undefined,
  });
  const leave = () => (location.hash = "");
  const begin = (id) => (location.hash = `review=${id}`);

  // A site's editions share what the browser keeps: a review of another one is moved here, or stays as it is.
  const load = async (id) => {
    const stored = id && (await store.load(id));
    const review = stored && (await migrateToThisEdition(engine, stored));
    if (review && review !== stored) {
      await store.keep(stored, `before migrating from edition ${stored.edition}`);
      await store.put(review);
    }
    return { review, there: Boolean(stored) };
  };

  // The review of a link is kept only when somebody wants it; one that is here already is opened and decides there.
  const takeShared = async (packed) => {
    const shared = await readShared(packed);
    if (!shared) return;
    const there = await store.load(shared.id);
    const fits = `“${shared.title}” (${shared.targets.map(({ name }) => name).join(", ")}), last changed ${sayWhen(shared.updated)}.`;
    const asked = there
      ? askWhether(
          "You already have this review",
          `${fits} Yours was last changed ${sayWhen(there.updated)}. Open yours, and choose there whether the link's answers replace it or are merged.`,
          "Open mine",
          "Leave it",
        )
      : askWhether("A review by link", `${fits} Keep it in this browser?`, "Take it in", "Leave it", reviewerField());
    const review = (await asked) && (await migrateToThisEdition(engine, shared));
    if (!review) return;
    if (!there) await store.put(review);
    history.replaceState(null, "", `#review=${review.id}`);
    await show();
    if (there && view) await importFiles(view, [new File([serialize(review)], "A review by link.json")]);
  };

  const title = document.title;
  const show = async () => {
    const place = new URLSearchParams(location.hash.slice(1));
    const id = place.get("review");
    const packed = place.get("share");
    // Another place of the review that is open.
    if (view && id === view.open.id && !packed) return view.follow(place);
    const { review, there } = await load(id);
    view?.close();
    view = undefined;
    document.body.classList.toggle("rv-open", Boolean(review));
    document.title = review ? `${review.title} - ${title}` : title;
    if (!review) {
      // What is shown is the list: the same review, chosen there, is then another place.
      if (id || packed) history.replaceState(null, "", location.pathname + location.search);
      await showReviewList(root, {
        catalog,
        store,
        engine,
        begin,
        base,
        organisation,
        profile: new URLSearchParams(location.search).get("profile") ?? "",
      });
      if (packed) await takeShared(packed);
      if (id && !there)
        root.prepend(h("p", { role: "alert" }, "This browser does not have that review. Import its file."));
      return;
    }
    view = new View(root, new OpenReview(review, catalog, store), { engine, leave, base: home });
    return view.follow(place);
  };
  addEventListener("hashchange", async () => {
    await show();
    if (!new URLSearchParams(location.hash.slice(1)).get("rule")) focusHeading(root);
  });
  addEventListener("unhandledrejection", ({ reason }) =>
    showProblems("That did not work", [reason?.message ?? String(reason)]),
  );
  await show();
  // Not before somebody sees the page: it is needed for the first file that is imported, and without a network.
  await loadSchema();
  await keepForOffline(at);
}

run().catch((error) => {
  root.replaceChildren(
    h("div.rv-alert", { role: "alert" }, h("p", {}, h("strong", {}, "The page cannot start: "), error.message)),
  );
});
