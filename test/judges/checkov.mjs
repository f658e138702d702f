/** checkov: no check fails that the template or the module does not skip, with a reason. https://www.checkov.io */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { pythonTools, run } from "../support/python-tools.mjs";

const version = "3.3.30";

/** checkov, or the reason why there is none. */
export function checkov() {
  return pythonTools(`checkov-${version}`, [`checkov==${version}`]);
}

const always = ["--skip-download", "--compact", "--quiet", "--output", "json"];

/** Failed checks of all templates or modules below a folder, by the file's path in it: `CKV_AWS_21 PayloadBucket`. */
export function failedChecks({ folder }, kind, path, more = []) {
  const { stdout, stderr } = run(join(folder, "bin/checkov"), [...always, "--framework", kind, "-d", path, ...more]);
  const failed = new Map();
  if (!stdout.startsWith("{")) return failed.set("", [`checkov said: ${stderr.slice(-300)}`]);
  const { results, summary } = JSON.parse(stdout);
  if (results === undefined) return failed.set("", [`checkov read nothing: ${stdout}`]);
  if (summary.parsing_errors > 0) failed.set("", results.parsing_errors);
  for (const { file_path: file, check_id: id, resource } of results.failed_checks)
    failed.set(file, [...(failed.get(file) ?? []), `${id} ${resource}`]);
  return failed;
}

/** Ids that the module in a file skips. */
export function skippedByModule(file) {
  const skipped = parse(readFileSync(settingsOf(file), "utf8"))["skip-check"];
  return new Set(skipped);
}

/** The settings of checkov beside a module. */
export function settingsOf(file) {
  return join(dirname(file), "main.checkov.yaml");
}
