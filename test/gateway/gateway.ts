/**
 * The product against the real grpc-gateway: the same requests to both, with the same handlers behind them, and every difference
 * either of a class of the table (docs/gateway-differences.md) or a failure.
 */
import { buildGateways } from "./build/build-gateways.js";
import { differenceClasses } from "./classes/classes.js";
import type { Difference } from "./classes/difference-class.js";
import { exampleCases, staleExamples } from "./classes/examples.js";
import type { Leg } from "./product/leg.js";
import { designedCases } from "./requests/designed-cases.js";
import { randomCase } from "./requests/random-case.js";
import type { RequestCase } from "./requests/request-case.js";
import { openSet, type SetSession } from "./run-set.js";
import { legsOf, readSettings, type Settings } from "./settings.js";
import { createTally, describeDifference, type Tally, writeUnexplained } from "./tally.js";

const unexplainedFile = ".cache/gateway/unexplained.txt";
const shownUnexplained = 12;

const settings = readSettings(process.argv.slice(2));
const gateways = buildGateways(settings.versions, (line) => console.log(line));
if (typeof gateways === "string") {
  console.log(`skipped: ${gateways}`);
  console.log("0 passed, 0 failed, 1 skipped");
} else process.exitCode = await compareAll(gateways);
process.exit();

async function compareAll(built: Exclude<typeof gateways, string>): Promise<number> {
  const tally = createTally(differenceClasses);
  let skipped = 0;
  let stale = 0;
  // What the functions log is theirs.
  console.error = () => {};
  for (const version of settings.versions)
    for (const set of settings.sets) {
      const session = openSet({ set, version, gateways: built });
      const cases = [...exampleCases(session.api, version, differenceClasses), ...casesOf(settings, session)];
      const before = tally.different;
      const begun = Date.now();
      const found: Difference[] = [];
      const run: Leg[] = [];
      await session.run(cases, legsOf(settings, set, version), {
        leg: (leg, requests) => {
          run.push(leg);
          tally.compare(requests);
        },
        skipped: (leg, reason) => {
          skipped++;
          console.log(`skipped: ${set}, ${leg.name}: ${reason}`);
        },
        difference: (difference) => {
          if (difference.request.id.startsWith("example ")) found.push(difference);
          tally.add(difference);
        },
      });
      for (const id of staleExamples(cases, run, found, differenceClasses)) {
        stale++;
        console.log(`STALE ${version}: the example of ${id} does not show it: mend it, or take the class out`);
      }
      const seconds = ((Date.now() - begun) / 1000).toFixed(0);
      const different = tally.different - before;
      console.log(`${version} ${set}: ${cases.length} requests, ${different} differ in some leg   ${seconds} s`);
    }
  return conclude(tally, skipped, stale);
}

function casesOf({ count, seeds, designedStep, only }: Settings, { api, details }: SetSession): RequestCase[] {
  const random = seeds.flatMap((seed) => Array.from({ length: count }, (_, number) => randomCase(api, seed, number)));
  const designed =
    designedStep === 0 ? [] : [...designedCases(api, details)].filter((_, index) => index % designedStep === 0);
  return [...random, ...designed].filter(({ id }) => only === undefined || id === only);
}

function conclude(tally: Tally, skipped: number, stale: number): number {
  console.log(`\n${tally.compared} comparisons, ${tally.different} differ\n${tally.lines().join("\n")}\n`);
  for (const { difference, left } of tally.unexplained.slice(0, shownUnexplained))
    console.log(`UNEXPLAINED (${left.join(", ")}) ${describeDifference(difference)}`);
  writeUnexplained(unexplainedFile, tally);
  const seen = tally.seen();
  const unseen = differenceClasses.filter(({ id, state }) => state.kind === "open" && !seen.has(id));
  if (unseen.length > 0) console.log(`open, and not seen in this run: ${unseen.map(({ id }) => id).join(", ")}\n`);
  const unexplained = tally.unexplained.length;
  const failed = unexplained + stale;
  if (unexplained > 0) console.log(`${unexplained} differences are of no class; all of them are in ${unexplainedFile}`);
  console.log(`${tally.compared - unexplained} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}
