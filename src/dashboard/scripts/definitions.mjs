// Renders docs/measures.md into the modules that the dashboard shows definitions from: short texts for hovering in one,
// whole pages in another that is loaded when a definition page is opened.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';

const source = fileURLToPath(new URL('../../../docs/measures.md', import.meta.url));
const folder = fileURLToPath(new URL('../src/definitions/', import.meta.url));

const slug = (title) => title.toLowerCase().replace(/\(.*\)/, '').trim().replace(/[^a-z0-9]+/g, '-');
const plain = (tokens) => tokens.map((token) => (token.tokens ? plain(token.tokens) : token.text)).join('');

const briefs = {};
const pages = {};
let group = '';
let current = null;
const close = () => {
  if (!current) return;
  const first = current.tokens.find((token) => token.type === 'paragraph');
  if (!first) throw new Error(`docs/measures.md: '${current.title}' has no text`);
  if (briefs[current.id]) throw new Error(`docs/measures.md: '${current.title}' is there twice`);
  briefs[current.id] = { title: current.title, group, brief: plain(first.tokens) };
  pages[current.id] = marked.parser(current.tokens);
  current = null;
};
for (const token of marked.lexer(readFileSync(source, 'utf8'))) {
  if (token.type === 'heading' && token.depth <= 3) {
    close();
    if (token.depth === 2) group = token.text;
    if (token.depth === 3) current = { id: slug(token.text), title: token.text, tokens: [] };
  } else current?.tokens.push(token);
}
close();

mkdirSync(folder, { recursive: true });
const write = (name, constant, value) => writeFileSync(`${folder}${name}`, `export const ${constant} = ${JSON.stringify(value, null, 2)} as const;\n`);
write('briefs.generated.ts', 'briefs', briefs);
write('pages.generated.ts', 'pages', pages);
console.log(`docs/measures.md: ${Object.keys(briefs).length} definitions`);
