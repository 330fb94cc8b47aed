#!/usr/bin/env bash
# What action.yml runs: installs vger from the action's own checkout, checks a folder, and ends as the check did.
set -euo pipefail
: "${VGER_ACTION:?}" "${VGER_PATH:?}" "${RUNNER_TEMP:?}" "${GITHUB_OUTPUT:?}" "${GITHUB_STEP_SUMMARY:?}"

# An environment of its own, with exact versions, so that nothing of the repository under check gets into it.
# The working folder is that repository: without -I, Python would take its pip.py for pip.
python3 -I -m venv "$RUNNER_TEMP/vger"
bin="$RUNNER_TEMP/vger/bin"
[ -d "$bin" ] || bin="$RUNNER_TEMP/vger/Scripts" # on Windows
# The lock file is complete (tests/setup/test_locks.py): nothing is resolved, and nothing is built. Nothing is compiled
# ahead either: a run imports a part of it, once.
"$bin/python" -I -m pip install --quiet --no-compile --disable-pip-version-check --no-deps --require-hashes --only-binary :all: --requirement "$VGER_ACTION/requirements.run.lock"
"$bin/python" -I -m pip install --quiet --no-compile --disable-pip-version-check --no-deps --no-build-isolation "$VGER_ACTION"

sarif="$RUNNER_TEMP/vger.sarif"
summary="$RUNNER_TEMP/vger-summary.md"
options=(--format annotations --report "code-scanning=$sarif" --report "markdown=$summary")
[ -z "${VGER_PROFILE:-}" ] || options+=(--profile "$VGER_PROFILE")
[ -z "${VGER_FAIL_ON:-}" ] || options+=(--fail-on "$VGER_FAIL_ON")
while IFS= read -r each; do
  [ -z "$each" ] || options+=(--evidence "$each")
done <<< "${VGER_EVIDENCE:-}"
[ -z "${VGER_FORGE:-}" ] || options+=(--forge "$VGER_FORGE")

code=0
GH_TOKEN="${VGER_TOKEN:-}" "$bin/vger" check "${options[@]}" -- "$VGER_PATH" || code=$?
[ ! -f "$summary" ] || cat "$summary" >> "$GITHUB_STEP_SUMMARY"
[ ! -f "$sarif" ] || echo "sarif=$sarif" >> "$GITHUB_OUTPUT"
exit "$code"
