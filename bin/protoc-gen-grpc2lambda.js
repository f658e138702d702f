#!/usr/bin/env node
import { pluginMain } from "../dist/cli/plugin/main.js";

await pluginMain(process);
