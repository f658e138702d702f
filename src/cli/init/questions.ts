/** The questions of `init`: flags answer them first, then the user, and else what was found. */
import type { FileChoices } from "../../adopt/proposal.js";
import type { Answers } from "../../adopt/files/configuration.js";
import { pipelineIds } from "../../adopt/pipeline/pipeline-project.js";
import { frontDoorIds } from "../../front-door/front-door-id.js";
import type { Terminal } from "../terminal.js";
import type { InitFlags } from "./init-flags.js";

/** The answers; `proposed` is what the repository says. */
export async function answerQuestions(
  proposed: Answers & FileChoices,
  flags: InitFlags,
  terminal: Terminal,
): Promise<Answers & FileChoices> {
  const ask = flags.yes === true || flags.json === true ? undefined : terminal.ask;
  const text = (flag: string | undefined, question: string, found: string): Promise<string> =>
    settle(ask, flag, question, found, (answer) => answer);
  const choice = <T extends string>(flag: T | undefined, question: string, found: T, known: readonly T[]): Promise<T> =>
    settle(ask, flag, `${question}, one of ${known.join(", ")}`, found, (answer) =>
      known.find((one) => one === answer),
    );
  const yes = async (flag: boolean | undefined, question: string, found: boolean): Promise<boolean> =>
    flag ?? (await choice(undefined, question, found ? "yes" : "no", ["yes", "no"])) === "yes";
  return {
    ...proposed,
    out: await text(flags.out, "Folder for generated files", proposed.out),
    handlers: await text(flags.handlers, "Folder for handlers", proposed.handlers),
    template: await text(flags.template, "Deployment template", proposed.template),
    frontDoor: await choice(flags.frontDoor, "Front door", proposed.frontDoor, frontDoorIds),
    unbound: await choice(flags.unbound, "Methods without a rule", proposed.unbound, ["report", "bind", "ignore"]),
    wired:
      proposed.wired.length === 0 || (await yes(flags.wire, describeServers(proposed), true)) ? proposed.wired : [],
    ci: await choice(flags.ci, "Workflow for pull requests", proposed.ci, ["github", "none"]),
    pipeline: await choice(flags.pipeline, "Pipeline that deploys", proposed.pipeline, [...pipelineIds, "none"]),
    gitattributes: await yes(
      flags.gitattributes,
      "Fold generated files in reviews (.gitattributes)",
      proposed.gitattributes,
    ),
    tsconfig:
      proposed.language !== "go" && (await yes(flags.tsconfig, "Write tsconfig.grpc2lambda.json", proposed.tsconfig)),
  };
}

function describeServers({ wired }: Answers): string {
  return `Run ${wired.map(({ service, file }) => `${service} of ${file}`).join(" and ")} unchanged`;
}

/** Asks until the answer can be read; an empty one is what was found. */
async function settle<T extends string>(
  ask: Terminal["ask"],
  flag: T | undefined,
  question: string,
  found: T,
  read: (answer: string) => T | undefined,
): Promise<T> {
  if (flag !== undefined) return flag;
  if (ask === undefined) return found;
  const answer = (await ask(`${question} [${found}]: `)).trim();
  if (answer === "") return found;
  return read(answer) ?? settle(ask, flag, question, found, read);
}
