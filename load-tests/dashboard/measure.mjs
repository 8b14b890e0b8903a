// How soon each page of the dashboard can be used, how far it shifts while it loads, how smoothly the map is dragged and
// how fast time plays, in headless Chromium that draws in software. Needs a running server and a machine with nothing else to
// do: the load before and after is printed, and figures taken above 1 say more about the others. Prints a table and, with
// --json, the figures.
//
//   npm ci && node measure.mjs http://127.0.0.1:5080 [--runs 3] [--json]
//
// A page counts as interactive when its heading is there, nothing on it is loading any more, and the main thread then
// gets to run a frame; the map is loading until all its people and ties were painted. The clock starts when the address is
// entered: in a window that has the dashboard's files in its cache already ("warm": its own code is the same for every page),
// and again in a fresh window ("cold"). Medians of the runs; the worst is of all runs of either kind. The server has been asked
// everything once before, so that what it prepares after its start is not counted with a page.
// Shift is the cumulative layout shift of the browser, the worst of a page's runs.
// Frames are counted by requestAnimationFrame while the map is dragged in long strokes to and fro, with the mouse lifted
// between them, for four seconds; a frame that the browser did not get to is none.
// Steps of time are counted while play runs on the map for twelve seconds: each is a date whose ties are on the screen.
import { loadavg } from 'node:os';
import { chromium } from 'playwright-core';

const [base = 'http://127.0.0.1:5080'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--') && !/^\d+$/.test(argument));
const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 3;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const dragMs = 4000;
const playMs = 12_000;
const strokeSteps = 50;

const ready = () => !!document.querySelector('h1') && !document.querySelector('.bone, .busy, .older');
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
  const ms = performance.now() - start;
  const shift = await page.evaluate(() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 50);
  }));
  return { page, ms, shift };
};
/** Bytes of the dashboard's own files in a first load, as they came. */
const bytesOf = (page) => page.evaluate(() => performance.getEntriesByType('resource').filter((one) => !one.name.includes('/v1/')).reduce((sum, one) => sum + one.encodedBodySize, performance.getEntriesByType('navigation')[0].encodedBodySize));
/** Counts frames from now on, on the page. */
const countFrames = (page) => page.evaluate(() => {
  window.frames_ = [];
  const count = (now) => {
    window.frames_.push(now);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
});
const framesBetween = async (page, first, last) => {
  const frames = (await page.evaluate(() => window.frames_)).filter((at) => at >= first && at <= last);
  const gaps = frames.slice(1).map((at, index) => at - frames[index]).sort((a, b) => a - b);
  return { framesPerSecond: Number(((frames.length - 1) / ((last - first) / 1000)).toFixed(1)), ninetyFifthMs: Math.round(gaps[Math.floor(gaps.length * 0.95)]), slowestMs: Math.round(gaps.at(-1)) };
};

const figures = { base, load: { before: loadavg()[0] }, people: network.people, interactions: network.interactions, firstLoadBytes: 0, pages: {}, map: null, play: null };
const warm = await browser.newContext({ viewport: { width: 1280, height: 860 } });
for (const path of Object.values(pages)) {
  const { page } = await open(warm, path);
  if (path === '/') figures.firstLoadBytes = await bytesOf(page);
  await page.close();
}
for (const [name, path] of Object.entries(pages)) {
  const cold = [];
  const shifts = [];
  const again = [];
  for (let run = 0; run < runs; run++) {
    const fresh = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const first = await open(fresh, path);
    cold.push(first.ms);
    await fresh.close();
    const { page, ms, shift } = await open(warm, path);
    again.push(ms);
    shifts.push(first.shift, shift);
    await page.close();
  }
  figures.pages[name] = { ms: Math.round(median(again)), coldMs: Math.round(median(cold)), worstMs: Math.round(Math.max(...again, ...cold)), shift: Number(Math.max(...shifts).toFixed(3)) };
}

const { page } = await open(warm, '/map');
await page.waitForTimeout(1000);
const box = await page.locator('.network-canvas').boundingBox();
await countFrames(page);
const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
const begun = performance.now();
const first = await page.evaluate(() => performance.now());
for (let stroke = 0; performance.now() - begun < dragMs; stroke++) {
  const side = stroke % 2 === 0 ? -1 : 1;
  const at = (share) => [middle.x + side * (share - 0.5) * 0.7 * box.width, middle.y + (stroke % 4 < 2 ? 1 : -1) * (share - 0.5) * 0.5 * box.height];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let step = 1; step <= strokeSteps && performance.now() - begun < dragMs; step++) {
    await page.mouse.move(...at(step / strokeSteps));
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
}
const last = await page.evaluate(() => performance.now());
figures.map = { people: await page.locator('.map-page .page-head p').textContent(), ...(await framesBetween(page, first, last)) };

const when = () => page.locator('.timebar .when strong').textContent();
await page.getByRole('button', { name: 'Play through time' }).click();
const played = { from: performance.now(), steps: [], day: await when() };
const playFrom = await page.evaluate(() => performance.now());
while (performance.now() - played.from < playMs) {
  await page.waitForFunction(ready, undefined, { timeout: 60_000, polling: 'raf' });
  const day = await when();
  if (day !== played.day) played.steps.push(performance.now());
  played.day = day;
  await page.waitForTimeout(30);
}
const waits = played.steps.map((at, index) => at - (index > 0 ? played.steps[index - 1] : played.from));
figures.play = { steps: waits.length, stepMs: Math.round(median(waits)), slowestStepMs: Math.round(Math.max(...waits)), slowestFrameMs: (await framesBetween(page, playFrom, await page.evaluate(() => performance.now()))).slowestMs };
figures.load.after = loadavg()[0];
await browser.close();

if (process.argv.includes('--json')) console.log(JSON.stringify(figures, null, 2));
else {
  console.log(`${figures.people} people, ${figures.interactions} interactions, ${runs} runs a page, load ${figures.load.before.toFixed(1)} before and ${figures.load.after.toFixed(1)} after\n`);
  console.log('page           interactive   cold   worst (ms)   shift');
  for (const [name, { ms, coldMs, worstMs, shift }] of Object.entries(figures.pages)) console.log(`${name.padEnd(15)}${String(ms).padStart(10)}${String(coldMs).padStart(8)}${String(worstMs).padStart(8)}${String(shift).padStart(13)}`);
  console.log(`\nfirst load: ${Math.round(figures.firstLoadBytes / 1024)} KB`);
  console.log(`map while dragged: ${figures.map.framesPerSecond} frames/s, 95 of 100 frames within ${figures.map.ninetyFifthMs} ms, the slowest ${figures.map.slowestMs} ms\n${figures.map.people}`);
  console.log(`play: ${figures.play.steps} steps in ${playMs / 1000} s, ${figures.play.stepMs} ms a step, the slowest ${figures.play.slowestStepMs} ms, the slowest frame ${figures.play.slowestFrameMs} ms`);
}
