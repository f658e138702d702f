/**
 * Every diagnostic code with its one-line title. A code is never reused or renumbered. DIAGNOSTICS.md explains each;
 * `fixtures/diagnostics/<code>/` shows each (a test holds the three together).
 *
 * PB reading .proto files and descriptor sets · MD what the files say together · HR google.api.http ·
 * CF configuration and command line · PL planning functions and routes · DP deployment · OU output folder
 */
export const diagnosticCodes = {
  // PB: proto/
  PB001: "syntax error",
  PB002: "character that .proto files may not have here",
  PB003: "string without end",
  PB004: "comment without end",
  PB005: "unknown escape in a string",
  PB006: "malformed number",
  PB007: "reserved name in the spelling of another edition",
  PB008: "unknown syntax or edition",
  PB009: "syntax or edition statement that is not the first",
  PB010: "second package statement",
  PB011: "file imported twice",
  PB012: "nesting too deep",
  PB013: "proto file not found",
  PB014: "proto file outside every include path",
  PB015: "import not found",
  PB016: "import cycle",
  PB017: "file or folder unreadable",
  PB018: "proto file that is not UTF-8",
  PB019: "proto file too large",
  PB020: "folder without proto files",
  PB021: "include path that is no folder",
  PB022: "proto file hidden by another include path",
  // MD: model/
  // HR: http-rule/ and model/
  HR001: "malformed path template",
  HR002: "path template that transcoders read differently",
  HR003: "path variable that is not a field",
  HR004: "path variable through a field that is not a single message",
  HR005: "path variable without a text form",
  HR006: "path variable on a repeated field",
  HR007: "body that is not a field of the request",
  HR008: "response_body that is not a field of the reply",
  HR009: "body on GET",
  HR010: "body on DELETE",
  HR011: "http rule without a pattern",
  HR012: "additional_bindings inside additional_bindings",
  HR013: "custom HTTP method that is not a method name",
  HR014: "custom HTTP method in the wrong case",
  HR015: "http rule on an RPC that streams its requests",
  HR016: "RPC that streams its requests",
  HR017: "unbound method",
  HR018: "selector inside an annotation",
  HR019: "field bound by both path and body",
  HR020: "duplicate route",
  HR021: "shadowed route",
  HR022: "route whose paths depend on the order of declaration",
  HR023: "unreadable service configuration",
  HR024: "unknown key in an http rule of the service configuration",
  HR025: "selector that matches no method",
  HR026: "selector that does not name one method",
  HR027: "service configuration without http rules",
  // CF: cli/
  // PL: plan/ and front-door/
  PL001: "unknown service name",
  PL002: "unknown message among the types of google.protobuf.Any",
  PL003: "no RPC to generate",
  PL004: "more functions than one service should have",
  PL005: "more routes than an HTTP API holds",
  PL006: "path variable that may hold characters that an HTTP API does not pass on",
  PL007: "server streaming that is buffered behind this front door",
  PL008: "path text that the front door's routes cannot hold",
  PL009: "HTTP method that the front door does not route",
  // DP: deploy/
  DP001: "function timeout beyond the front door's",
  DP002: "more resources than a CloudFormation stack holds",
  DP003: "API that is open to everybody",
  // OU: output/
  OU001: "an output path leads out of the project folder",
  OU002: "a file that grpc2lambda did not write stands where a generated file goes",
  OU003: "a generated file was edited by hand",
  OU004: "two output files differ only in case",
  OU005: "the manifest cannot be read",
  OU006: "the output folder holds files of somebody else",
  OU007: "a generated file that has to change is read-only",
  OU008: "a folder or a link stands where a file goes",
  OU009: "writing the output failed",
} as const satisfies Readonly<Record<string, string>>;

/** A stable diagnostic code such as `HR003`. */
export type DiagnosticCode = keyof typeof diagnosticCodes;
