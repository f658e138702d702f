/** The files that `init` writes, with their texts. */
import { relative, sep } from "node:path";
import { type Answers, configurationText } from "./files/configuration.js";
import { tsconfigName, tsconfigText } from "./files/tsconfig.js";
import { checksFolder, workflowText } from "./files/workflow.js";
import type { GivenSet, Repository } from "./look.js";
import { pipelineFiles } from "./pipeline/pipeline-files.js";
import type { FileChoices } from "./proposal.js";
import { readText } from "./read-text.js";

/** A file to write; `path` is relative to the project, and above it for a workflow of a repository around it. */
export interface AdoptedFile {
  readonly path: string;
  readonly text: string | Uint8Array;
}

/** The files for the answers, the configuration first; a descriptor set with bytes is one of them. */
export function adoptedFiles(
  repository: Repository,
  answers: Answers & FileChoices,
  set?: Pick<GivenSet, "path" | "bytes">,
): AdoptedFile[] {
  const { root, gitRoot } = repository;
  const inRepository = gitRoot === undefined ? "" : relative(gitRoot, root).split(sep).join("/");
  const up = inRepository === "" ? "" : "../".repeat(inRepository.split("/").length);
  const suffix = inRepository === "" ? "" : `-${inRepository.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
  return [
    { path: "grpc2lambda.yaml", text: configurationText(answers) },
    ...(set?.bytes === undefined ? [] : [{ path: set.path, text: set.bytes }]),
    ...(answers.ci === "github" && gitRoot !== undefined
      ? [
          {
            path: `${up}${freeWorkflow(gitRoot, suffix, inRepository)}`,
            text: workflowText(repository.package, inRepository),
          },
        ]
      : []),
    ...(answers.pipeline === "none" || gitRoot === undefined
      ? []
      : pipelineFiles(repository, answers.pipeline, answers.template)),
    ...(answers.gitattributes && gitRoot !== undefined
      ? [{ path: ".gitattributes", text: `${gitattributesLines(answers).join("\n")}\n` }]
      : []),
    ...(answers.tsconfig ? [{ path: tsconfigName, text: tsconfigText([answers.out, answers.handlers]) }] : []),
  ];
}

/** The file of the workflow: one of the name that checks another folder is somebody else's. `folder` is relative to the repository. */
function freeWorkflow(gitRoot: string, suffix: string, folder: string): string {
  const path = `.github/workflows/grpc2lambda${suffix}`;
  const text = readText(gitRoot, `${path}.yml`);
  return text === undefined || checksFolder(text, folder) ? `${path}.yml` : `${path}-check.yml`;
}

/** Lines by which code hosts fold generated files in reviews, and git keeps their line ends. */
export function gitattributesLines({ out, template }: Pick<Answers, "out" | "template">): string[] {
  return [`${out}/** linguist-generated text eol=lf`, `${template} linguist-generated text eol=lf`];
}
