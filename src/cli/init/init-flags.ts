/** The flags of `init`: one for each question. */
import type { PipelineId } from "../../adopt/pipeline/pipeline-project.js";
import type { FrontDoorId } from "../../front-door/front-door-id.js";

/** Flags as commander reads them; absent ones are asked, or found. */
export interface InitFlags {
  readonly include?: readonly string[];
  /** A running server: `host:port`, `grpc://…`, `grpcs://…`. */
  readonly reflect?: string;
  readonly reflectHeader?: readonly string[];
  readonly reflectAuthority?: string;
  /** Files in PEM. */
  readonly reflectCa?: string;
  readonly reflectCert?: string;
  readonly reflectKey?: string;
  /** A file to read, or to write with `reflect`. */
  readonly descriptorSet?: string;
  /** Full names. */
  readonly service?: readonly string[];
  /** Files. */
  readonly server?: readonly string[];
  readonly out?: string;
  readonly handlers?: string;
  readonly template?: string;
  readonly frontDoor?: FrontDoorId;
  readonly unbound?: "report" | "bind" | "ignore";
  readonly wire?: boolean;
  readonly ci?: "github" | "none";
  readonly pipeline?: PipelineId | "none";
  readonly gitattributes?: boolean;
  readonly tsconfig?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}
