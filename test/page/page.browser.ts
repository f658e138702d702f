/** The page in a real browser: `npm run test:page`. `PAGE_SHOTS=folder` keeps pictures to look at. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderPage } from "../../src/migrate/page/page.js";
import { largePage } from "../migrate/page-fixtures.js";
import { findChromium } from "./chromium.js";
import { hostilePage, quietPage, usualPage } from "./pages.js";

const executablePath = findChromium();
if (executablePath === undefined)
  console.warn("skipped: there is no Chromium on this machine (CHROMIUM names one that is not in PATH)");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pages = { usual: usualPage(), quiet: quietPage(), hostile: hostilePage(), large: largePage() };

const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  telephone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
  "dark telephone": { colorScheme: "dark", viewport: { width: 390, height: 844 } },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;

describe.skipIf(executablePath === undefined)("in Chromium", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "page-"));
    for (const [name, data] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), renderPage(data));
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page and unfolds differences; whatever the browser complains about or asks for is in `seen`. */
  async function open(
    name: string,
    look: BrowserContextOptions,
    unfolded = 5,
  ): Promise<{ page: Page; seen: string[] }> {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    const seen: string[] = [];
    page.on("console", (message) => seen.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => seen.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) seen.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    for (const summary of (await page.locator("summary").all()).slice(0, unfolded)) await summary.click();
    return { page, seen };
  }

  async function keepPicture(page: Page, name: string): Promise<void> {
    const { PAGE_SHOTS: shots } = process.env;
    const { width } = page.viewportSize() ?? { width: 1280 };
    const clip = { x: 0, y: 0, width, height: 3000 };
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true, clip });
  }

  const seenIn = Object.keys(looks) as (keyof typeof looks)[];
  const table = (["usual", "quiet", "hostile"] as const).flatMap((name) => seenIn.map((look) => [name, look] as const));

  test.each(table)("%s, %s: quiet, within the width, and legible", async (name, look) => {
    const { page, seen } = await open(name, looks[look]);
    await keepPicture(page, `${name}-${look.replace(" ", "-")}`);
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    await page.evaluate(axe);
    const found = (await page.evaluate("axe.run()")) as {
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    };
    expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(seen).toEqual([]);
    await page.context().close();
  });

  test("on paper: differences unfolded, dark text on white", async () => {
    const { page } = await open("usual", { colorScheme: "dark", viewport: { width: 794, height: 1123 } }, 0);
    const unfolded = "document.querySelector('pre').checkVisibility()";
    expect(await page.evaluate(unfolded)).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(unfolded)).toBe(true);
    await keepPicture(page, "usual-print");
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(31, 35, 40)");
    const pdf = await page.pdf({ format: "A4" });
    const { PAGE_SHOTS: shots } = process.env;
    if (shots !== undefined) writeFileSync(join(shots, "usual.pdf"), pdf);
    expect(pdf.length).toBeGreaterThan(10_000);
    await page.context().close();
  });

  test("1,000 routes and 10,000 differences are all there", async () => {
    const { page, seen } = await open("large", looks.light);
    expect(await page.locator("details").count()).toBe(300);
    expect(await page.locator("td:first-child code", { hasText: /^GET / }).count()).toBe(1000);
    expect(seen).toEqual([]);
    await page.context().close();
  });

  test("hostile texts are texts: no element of theirs, no title of theirs", async () => {
    const { page } = await open("hostile", looks.light);
    expect(await page.locator("img, script, iframe, object, a, form").count()).toBe(0);
    expect(await page.locator("body").textContent()).toContain("</script><img src=x onerror=alert(1)>");
    await page.context().close();
  });
});
