/** Runs the built command line and leaves its price behind: CPU milliseconds and the largest resident memory in MB, on file descriptor 3. */
import { writeSync } from "node:fs";
import { main } from "../../dist/cli/main.js";

const before = process.cpuUsage();
await main(process);
const { user, system } = process.cpuUsage(before);
const megabytes = process.resourceUsage().maxRSS / 1024;
writeSync(3, JSON.stringify({ milliseconds: (user + system) / 1000, megabytes }));
