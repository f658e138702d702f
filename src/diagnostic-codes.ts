/**
 * Every diagnostic code with its one-line title. A code is never reused or renumbered. DIAGNOSTICS.md explains each;
 * `fixtures/diagnostics/<code>/` shows each (a test holds the three together).
 *
 * PB reading .proto files and descriptor sets · MD what the files say together · HR google.api.http ·
 * CF configuration and command line · PL planning functions and routes · DP deployment · OU output folder
 */
export const diagnosticCodes = {
  // PB: proto/
  // MD: model/
  // HR: http-rule/ and model/
  // CF: cli/
  // PL: plan/ and front-door/
  // DP: deploy/
  // OU: output/
} as const satisfies Readonly<Record<string, string>>;

/** A stable diagnostic code such as `HR003`. */
export type DiagnosticCode = keyof typeof diagnosticCodes;
