// How soon each page of the dashboard can be used, and how smoothly the map is dragged, in headless Chromium that draws in
// software. Needs a running server; prints a table and, with --json, the figures.
//
//   npm ci && node measure.mjs http://127.0.0.1:5080 [--runs 3] [--json]
//
// A page counts as interactive when its heading is there, nothing on it is loading any more, and the main thread then
// gets to run a frame. The clock starts when the address is entered: in a window that has the dashboard's files in its
// cache already (its own code is the same for every page), and again in a fresh window ("cold").
// Frames are counted by requestAnimationFrame while the map is dragged for three seconds, a move a frame.
import { chromium } from 'playwright-core';

const [base = 'http://127.0.0.1:5080'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--') && !/^\d+$/.test(argument));
const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 3;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const dragMs = 3000;

const ready = `() => !!document.querySelector('h1') && !document.querySelector('.bone, .busy, .older')`;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const json = async (path) => (await fetch(base + path)).json();
const network = await json('/v1/network');
const map = await json('/v1/network/map?limit=20');
const person = map.nodes.id[0];
const ties = await json(`/v1/people/${encodeURIComponent(person)}/ties?limit=5`);
const other = ties.items[0]?.person ?? person;
const far = map.nodes.id.at(-1);
const id = encodeURIComponent(person);
const pages = {
  Overview: '/',
  People: '/people',
  Person: `/people/${id}`,
  Tie: `/people/${id}/ties/${encodeURIComponent(other)}`,
  Introductions: `/introductions?from=${id}&to=${encodeURIComponent(far)}`,
  'Dormant ties': `/dormant-ties?person=${id}`,
  Venues: '/venues',
  Huddles: '/huddles',
  Map: '/map',
  Live: '/live',
  Import: '/import',
};

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] });
const open = async (context, path) => {
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(base + path, { waitUntil: 'commit', timeout: 60_000 });
  await page.waitForFunction(ready, undefined, { timeout: 60_000, polling: 'raf' });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  return { page, ms: performance.now() - start };
};

const figures = { base, people: network.people, interactions: network.interactions, pages: {}, map: null };
const warm = await browser.newContext({ viewport: { width: 1280, height: 860 } });
await (await open(warm, '/')).page.close();
for (const [name, path] of Object.entries(pages)) {
  const cold = [];
  const again = [];
  for (let run = 0; run < runs; run++) {
    const fresh = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    cold.push((await open(fresh, path)).ms);
    await fresh.close();
    const { page, ms } = await open(warm, path);
    again.push(ms);
    await page.close();
  }
  figures.pages[name] = { ms: Math.round(median(again)), coldMs: Math.round(median(cold)), worstMs: Math.round(Math.max(...again, ...cold)) };
}

const { page } = await open(warm, '/map');
await page.waitForTimeout(1000);
const box = await page.locator('.network-canvas').boundingBox();
await page.evaluate(() => {
  window.frames_ = [];
  const count = (now) => {
    window.frames_.push(now);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
});
const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
await page.mouse.move(middle.x, middle.y);
await page.mouse.down();
const begun = performance.now();
const first = await page.evaluate(() => performance.now());
for (let step = 0; performance.now() - begun < dragMs; step++) {
  await page.mouse.move(middle.x + 160 * Math.sin(step / 12), middle.y + 110 * Math.cos(step / 17));
  await page.waitForTimeout(8);
}
const last = await page.evaluate(() => performance.now());
await page.mouse.up();
const frames = (await page.evaluate(() => window.frames_)).filter((at) => at >= first && at <= last);
const gaps = frames.slice(1).map((at, index) => at - frames[index]);
figures.map = {
  people: await page.locator('.map-page .page-head p').textContent(),
  framesPerSecond: Number(((frames.length - 1) / ((frames.at(-1) - frames[0]) / 1000)).toFixed(1)),
  slowestFrameMs: Math.round(Math.max(...gaps)),
};
await browser.close();

if (process.argv.includes('--json')) console.log(JSON.stringify(figures, null, 2));
else {
  console.log(`${figures.people} people, ${figures.interactions} interactions, ${runs} runs a page\n`);
  console.log('page           interactive   cold   worst (ms)');
  for (const [name, { ms, coldMs, worstMs }] of Object.entries(figures.pages)) console.log(`${name.padEnd(15)}${String(ms).padStart(10)}${String(coldMs).padStart(8)}${String(worstMs).padStart(8)}`);
  console.log(`\nmap while dragged: ${figures.map.framesPerSecond} frames/s, slowest frame ${figures.map.slowestFrameMs} ms\n${figures.map.people}`);
}
