// Generates the types, compiles the client, records, and asks: node scripts/smoke-test.mjs http://127.0.0.1:5080 [node_modules with typescript and openapi-typescript]
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [address, tools = join(here, 'node_modules')] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'networkgraph-'));
try {
  for (const part of ['src', 'package.json', 'tsconfig.json']) cpSync(join(here, part), join(folder, part), { recursive: true });
  const document = resolve(here, '../../src/dashboard/openapi.json');
  execFileSync(process.execPath, [join(tools, 'openapi-typescript/bin/cli.js'), document, '--output', join(folder, 'src/schema.ts')], { stdio: 'pipe' });
  execFileSync(process.execPath, [join(tools, 'typescript/bin/tsc'), '--project', folder], { stdio: 'inherit' });
  const { NetworkGraph, Problem } = await import(pathToFileURL(join(folder, 'dist/index.js')).href);
  const graph = new NetworkGraph({ address });
  const body = Array.from({ length: 25 }, (_, i) => ({ id: `ts-${i}`, at: '2025-03-01T09:00:00Z', from: 'ann@ts.example', to: `friend${i}@ts.example`, kind: 'message' }));
  const answer = await graph.post('/v1/interactions', { body });
  if (answer.accepted + answer.duplicates !== 25) throw new Error(JSON.stringify(answer));
  let people = [];
  for (let turn = 0; turn < 600 && people.length < 25; turn++) {
    people = [];
    const pages = graph.walk((cursor) => graph.get('/v1/people/{id}/ties', { path: { id: 'ann@ts.example' }, query: { limit: 10, cursor } }).catch((problem) => {
      if (problem instanceof Problem && problem.status === 404) return { items: [], nextCursor: null };
      throw problem;
    }));
    for await (const tie of pages) people.push(tie.person);
    if (people.length < 25) await new Promise((done) => setTimeout(done, 50));
  }
  if (new Set(people).size !== 25) throw new Error(`ties: ${people}`);
  const problem = await graph.get('/v1/people/{id}', { path: { id: 'nobody@ts.example' } }).catch((caught) => caught);
  if (problem.status !== 404 || problem.parameter !== 'id') throw new Error(String(problem));
  console.log('ok');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
