// A rule's level and severity as the other pages show them: the page holds one of each, drawn by the same templates.

/** Return the badge of a level, such as `must`. */
export const levelBadge = (level) => copy(`badge-level-${level}`, level);

/** Return the badge of a severity, such as `high`. */
export const severityBadge = (severity) => copy(`badge-severity-${severity}`, severity);

function copy(id, word) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(id));
  return template ? template.content.cloneNode(true) : word;
}
