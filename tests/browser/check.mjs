// Opens reports in headless Chromium as a person would and says what is wrong with them. Usage:
//   node check.mjs [--pictures DIR] REPORT.html …
// Speaks the DevTools protocol over a pipe: no package is needed. Without Chromium it fails and says so.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const chromium = places.find((place) => place && existsSync(place));
if (!chromium) {
  console.error("report-check: Chromium is missing, nothing was checked; install it, or name it in CHROMIUM");
  process.exit(2);
}
const wanted = process.argv.slice(2);
let pictures = null;
if (wanted[0] === "--pictures") [, pictures] = wanted.splice(0, 2);
if (wanted.length === 0) {
  console.error("report-check: no report named");
  process.exit(2);
}
if (pictures) mkdirSync(pictures, { recursive: true });

const profile = mkdtempSync(join(tmpdir(), "holdtime-report-"));
const browser = spawn(chromium, [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--hide-scrollbars", `--user-data-dir=${profile}`,
  "--remote-debugging-pipe", "about:blank",
], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });

let last = 0;
const waiting = new Map();
let heard = () => {};
let rest = "";
browser.stdio[4].on("data", (bytes) => {
  rest += bytes;
  const parts = rest.split("\0");
  rest = parts.pop();
  for (const part of parts) {
    const message = JSON.parse(part);
    if (message.id) {
      const { done, failed } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) failed(new Error(message.error.message)); else done(message.result);
    } else heard(message);
  }
});
const send = (method, params = {}, sessionId = undefined) => new Promise((done, failed) => {
  last += 1;
  waiting.set(last, { done, failed });
  browser.stdio[3].write(JSON.stringify({ id: last, method, params, sessionId }) + "\0");
});

// Runs inside the page: what hangs over, and which labels lie on one another.
const look = () => {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    wrong.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  }
  const screen = document.querySelector(".screen");
  for (const svg of document.querySelectorAll("svg")) {
    const box = svg.getBoundingClientRect();
    if (box.width === 0) continue;
    const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    const where = svg.closest("figure")?.id;
    texts.forEach(([text, a], i) => {
      if (a.left < box.left - 2 || a.right > box.right + 2) wrong.push(`${where}: "${text}" hangs over its picture`);
      for (const [other, b] of texts.slice(i + 1)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1.5 && high > 3) wrong.push(`${where}: "${text}" and "${other}" lie on one another`);
      }
    });
  }
  return { wrong, first: screen ? Math.round(screen.getBoundingClientRect().bottom + scrollY) : 0 };
};
// Every picture of every chart, not the first alone.
const lookAtAll = `(() => {
  const look = ${look};
  const found = look();
  for (const select of document.querySelectorAll("figure select")) {
    const first = select.value;
    for (const option of select.options) {
      select.value = option.value;
      select.dispatchEvent(new Event("change"));
      found.wrong.push(...look().wrong);
    }
    select.value = first;
    select.dispatchEvent(new Event("change"));
  }
  found.wrong = [...new Set(found.wrong)];
  return found;
})()`;

const isAbsolute = (url) => /^(https?|wss?|ftp):/.test(url);
let failures = 0;
const fail = (report, what) => {
  failures += 1;
  console.log(`${basename(report)}: ${what}`);
};

const check = async (report) => {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const on = (method, params) => send(method, params, sessionId);
  let loaded;
  const ready = new Promise((done) => { loaded = done; });
  heard = ({ method, params }) => {
    if (method === "Page.loadEventFired") loaded();
    if (method === "Runtime.exceptionThrown") fail(report, `exception: ${params.exceptionDetails.text}`);
    if (method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(params.type)) {
      fail(report, `console: ${params.args.map((one) => one.value).join(" ")}`);
    }
    if (method === "Log.entryAdded" && params.entry.level === "error") fail(report, `log: ${params.entry.text}`);
    if (method === "Network.requestWillBeSent" && isAbsolute(params.request.url)) {
      fail(report, `asks for ${params.request.url}`);
    }
  };
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await on(`${domain}.enable`);
  const size = (width, height) =>
    on("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  const media = (name, scheme) => on("Emulation.setEmulatedMedia", {
    media: name, features: [{ name: "prefers-color-scheme", value: scheme }],
  });
  await size(1280, 800);
  const begun = process.hrtime.bigint();
  await on("Page.navigate", { url: pathToFileURL(resolve(report)).href });
  await ready;
  const took = Number(process.hrtime.bigint() - begun) / 1e9;
  if (took > 5) fail(report, `took ${took.toFixed(1)} s to be there`);
  const evaluate = async (expression) =>
    (await on("Runtime.evaluate", { expression, returnByValue: true })).result.value;
  const picture = async (name, whole) => {
    if (!pictures) return;
    const { data } = await on("Page.captureScreenshot", { format: "png", captureBeyondViewport: whole });
    writeFileSync(join(pictures, `${basename(report, ".html")}-${name}.png`), Buffer.from(data, "base64"));
  };
  const wide = await evaluate(lookAtAll);
  wide.wrong.forEach((what) => fail(report, `at 1280: ${what}`));
  if (wide.first > 800) fail(report, `the first screen ends at ${wide.first}, beyond 800`);
  await media("", "light");
  await picture("light", false);
  await media("", "dark");
  await picture("dark", false);
  await media("", "light");
  await size(400, 800);
  (await evaluate(lookAtAll)).wrong.forEach((what) => fail(report, `at 400: ${what}`));
  await picture("narrow", false);
  if (pictures) {
    const height = await evaluate("document.documentElement.scrollHeight");
    await size(400, Math.min(height, 12000));
    await picture("narrow-whole", false);
    await size(1280, 800);
    const whole = await evaluate("document.documentElement.scrollHeight");
    await size(1280, Math.min(whole, 12000));
    await picture("whole", false);
    await media("", "dark");
    await picture("whole-dark", false);
    await media("", "light");
    const { data } = await on("Page.printToPDF", { printBackground: true, preferCSSPageSize: true });
    writeFileSync(join(pictures, `${basename(report, ".html")}.pdf`), Buffer.from(data, "base64"));
  }
  console.log(`${basename(report)}: looked at, there after ${took.toFixed(2)} s, first screen ends at ${wide.first}`);
  await send("Target.closeTarget", { targetId });
};

try {
  for (const report of wanted) await check(report);
} finally {
  browser.kill();
  await new Promise((done) => browser.on("exit", done));
  rmSync(profile, { recursive: true, force: true });
}
if (failures > 0) {
  console.log(`report-check: ${failures} to mend`);
  process.exit(1);
}
console.log("report-check: nothing to mend");
