/** The behaviour of the runtime under the two profiles and the options on top of them. */
import { forwardAllMetadata, forwardMetadata } from "../runtime/headers/forward-metadata.js";
import { parseSignedTimeout } from "../runtime/headers/signed-timeout.js";
import { mediaType } from "../runtime/http.js";
import { permanentMetadata } from "../runtime/request-metadata.js";
import { isBareVerb } from "../runtime/routing/bare-verb.js";
import { compareSpecificity } from "../runtime/routing/compare-specificity.js";
import { refuseMediaTypes } from "../runtime/routing/media-types.js";
import {
  unescapeAll,
  unescapeAllUpperCase,
  unescapeExceptReserved,
  unescapeExceptSlash,
  unescapeVariablesExceptReserved,
  unescapeVariablesExceptSlash,
} from "../runtime/routing/path-unescaping.js";
import { grpcGateway, type Profile, spec } from "../runtime/routing/profile.js";
import { wholeHeader } from "../runtime/routing/whole-header.js";
import { gatewayVersion } from "./gateway-version.js";
import type { BehaviourOptions, TranscodingOptions, TranscodingRules } from "./plan.js";

/** The options that decide about a profile. */
export type BehaviourChoice = Pick<TranscodingOptions, "profile" | "gateway" | "behaviour">;

/** The profile of the runtime that the options come to. */
export function profileOf(options: BehaviourChoice): Profile {
  return { ...baseProfile(options), ...overriddenMembers(options) };
}

/** Members in which the options differ from their profile, in the profile's order. */
export function overriddenMembers(options: BehaviourChoice): Partial<Profile> {
  const wanted = toProfile(options);
  const base = baseProfile(options);
  const names = Object.keys(base) as (keyof Profile)[];
  const differing = names.filter((name) => wanted[name] !== undefined && wanted[name] !== base[name]);
  return Object.fromEntries(differing.map((name) => [name, wanted[name]]));
}

/**
 * The rules that follow from profile and version alone. In the profile of grpc-gateway every enum is open, as in Go.
 */
export function rulesOf(choice: BehaviourChoice): TranscodingRules {
  const gateway = gatewayVersion(choice);
  const isGateway = choice.profile === "grpc-gateway";
  return {
    sortsKeys: isGateway,
    closesEnums: !isGateway,
    readsFirstValue: isGateway,
    fillsEmptyBody: isGateway,
    printsNull: isGateway,
    maskText: !isGateway ? "json" : gateway === "2.30" ? "everyPath" : "paths",
    gateway,
  };
}

function baseProfile({ profile }: Pick<TranscodingOptions, "profile">): Profile {
  return profile === "spec" ? spec : grpcGateway;
}

const unescapings = {
  legacy: "legacy",
  allExceptReserved: unescapeExceptReserved,
  allExceptSlash: unescapeExceptSlash,
  all: unescapeAll,
} as const;

/** Profile spec has them for variables of more than one segment, not for `**` alone. */
const specUnescapings = {
  ...unescapings,
  allExceptReserved: unescapeVariablesExceptReserved,
  allExceptSlash: unescapeVariablesExceptSlash,
} as const;

function unescapingOf(
  mode: NonNullable<BehaviourOptions["pathUnescaping"]>,
  choice: BehaviourChoice,
): Profile["pathUnescaping"] {
  if (choice.profile === "spec") return specUnescapings[mode];
  return mode === "all" && gatewayVersion(choice) === "2.30" ? unescapeAllUpperCase : unescapings[mode];
}

const readers = { drop: permanentMetadata, forward: forwardMetadata, forwardAll: forwardAllMetadata } as const;

/** The members that options or the version of the gateway set; undefined leaves a member to the profile. */
function toProfile(choice: BehaviourChoice): { [Name in keyof Profile]: Profile[Name] | undefined } {
  const options = choice.behaviour ?? {};
  const isOlder = gatewayVersion(choice) === "2.30";
  return {
    precedence: options.precedence,
    order: options.precedence && (options.precedence === "specificity" ? compareSpecificity : "reverse"),
    pathUnescaping: options.pathUnescaping && unescapingOf(options.pathUnescaping, choice),
    endsSearch: isOlder ? isBareVerb : undefined,
    methodNotAllowed: options.methodNotAllowed,
    headFromGet: options.headFromGet,
    optionsFromRoutes: options.optionsFromRoutes,
    formPost: options.formPost === false ? false : isOlder ? wholeHeader : options.formPost && mediaType,
    readMetadata: readers[options.grpcMetadata ?? (isOlder ? "forward" : "drop")],
    readTimeout: isOlder ? parseSignedTimeout : undefined,
    mediaTypes: options.mediaTypes === "check" ? refuseMediaTypes : options.mediaTypes,
  };
}
