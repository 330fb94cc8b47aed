// The guide's rules as the page asks them, read from questions.json.

/** Return the catalogue at an address. Throws where it cannot be had. */
export async function loadCatalog(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the rules could not be loaded: ${answer.status} ${answer.statusText}`);
  return new Catalog(await answer.json());
}

/** Return the guide's catalogue as an organisation asks it: its rules that are not the guide's have no page here. */
export function extendCatalog(guide, text) {
  const extended = new Catalog(JSON.parse(text));
  for (const rule of extended.rules) if (!guide.byId.has(rule.id)) rule.own = true;
  return extended;
}

class Catalog {
  constructor(document) {
    this.edition = document.edition;
    /** What tells this catalogue from that of another build of the site. */
    this.mark = `${document.edition} ${document.rules.map(({ id, revision, text_hash }) => `${id}${revision}${text_hash}`).join(" ")}`;
    this.profiles = document.profiles;
    this.stages = document.stages;
    this.workloads = document.workloads;
    this.sections = new Map(document.sections.map((section) => [section.number, section]));
    this.rules = document.rules.map((rule) => ({ ...rule, chapter: rule.section.split(".")[0] }));
    this.retired = new Set((document.retired ?? []).map(({ id }) => id));
    this.byId = new Map(this.rules.map((rule) => [rule.id, rule]));
  }

  /** The chapters that have rules. */
  get chapters() {
    return [...new Set(this.rules.map((rule) => rule.chapter))].map((number) => this.sections.get(number));
  }

  /**
   * Return the rules that a selection names, in reading order.
   * @param {import("./types.js").Selection} [selection]
   */
  selectRules({ profile, stage, workload, chapters } = {}) {
    const fits = (limits, given) => !given || !limits.length || limits.includes(given);
    return this.rules.filter(
      (rule) =>
        (!profile ||
          (rule.applies_to.includes(profile) && fits(rule.stages, stage) && fits(rule.workloads, workload))) &&
        (!chapters?.length || chapters.includes(rule.chapter)),
    );
  }

  /** Return the same for all rules of a review, as the engine works it out. */
  async contentHash(selection) {
    const told = this.selectRules(selection).map((rule) => `${rule.id} ${rule.revision} ${rule.text_hash}`);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(told.join("\n")));
    return [...new Uint8Array(digest)]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("")
      .slice(0, 16);
  }
}
