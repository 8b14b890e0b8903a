import { describe, expect, it } from 'vitest';
import { csvOf } from '../src/components/Download';
import { outcomeOf } from '../src/api/interactions';
import { defaultSettings, missingFrom } from '../src/pages/import/ColumnMapping';
import { csvQuery, guessFields, previewCsv } from '../src/pages/import/csvPreview';
import { formatOf } from '../src/pages/import/ImportPage';

describe('a CSV file before it is imported', () => {
  it('is read by its own delimiter and quotes', () => {
    const preview = previewCsv('When;Sender;To;Note\r\n2026-01-01T00:00:00Z;"a;b";c;"say ""hi"""\r\n\r\n');
    expect(preview).toEqual({ delimiter: ';', hasHeader: true, rows: [['When', 'Sender', 'To', 'Note'], ['2026-01-01T00:00:00Z', 'a;b', 'c', 'say "hi"']] });
  });
  it('has its columns named by what they are usually called, each field once', () => {
    expect(guessFields(['Date', 'FROM', 'recipient', 'to', 'Subject'])).toEqual(['at', 'from', 'to', null, null]);
  });
  it('without a header is taken as from, to, at', () => {
    const settings = defaultSettings(previewCsv('582 364 0\n168 472 2797\n'));
    expect([settings.delimiter, settings.hasHeader, settings.mapping]).toEqual([' ', false, ['from', 'to', 'at']]);
    expect(csvQuery({ ...settings, epoch: '2003-10-01T00:00:00Z', timeUnit: 's' })).toEqual({ delimiter: 'space', columns: 'from,to,at', kind: 'message', epoch: '2003-10-01T00:00:00Z', timeUnit: 's' });
  });
  it('tells the server what is called otherwise and what to leave out', () => {
    const settings = defaultSettings(previewCsv('When,Sender,to,Note\n2026-01-01T00:00:00Z,a,b,x\n'));
    expect(csvQuery(settings)).toEqual({ delimiter: undefined, kind: 'message', epoch: undefined, timeUnit: undefined, map: ['at=When', 'from=Sender'], ignore: ['Note'] });
  });
  it('says what is still missing', () => {
    const settings = defaultSettings(previewCsv('x,y\n1,2\n'));
    expect(missingFrom({ ...settings, mapping: ['from', null] })).toBe("Say which column holds 'at'.");
    expect(missingFrom({ ...settings, mapping: ['from', 'from', 'at'] })).toContain("'from'");
    expect(missingFrom({ ...settings, mapping: ['from', 'at'], kind: 'message' })).toBeNull();
  });
  it('is told from other formats by its name or its first sign', () => {
    expect([formatOf('a.csv', ''), formatOf('a.ndjson.gz', ''), formatOf('a.json', '[{'), formatOf('a.json', '{"a":1}\n{"a":2}'), formatOf('mails.txt', '{"id"'), formatOf('mails.txt', '1 2 3')]).toEqual(['csv', 'ndjson', 'json', 'ndjson', 'ndjson', 'csv']);
  });
});

describe('what became of an import', () => {
  it('counts also where reading stopped', () => {
    expect(outcomeOf(400, JSON.stringify({ title: 't', detail: 'is not UTF-8', line: 7, accepted: 6, duplicates: 0, conflicts: 0, rejectedCount: 0, rejected: [] }))).toMatchObject({ accepted: 6, stopped: 'Line 7: is not UTF-8' });
  });
  it('is a problem where nothing is said of lines', () => {
    expect(outcomeOf(415, JSON.stringify({ title: 'Unsupported', detail: 'no' }))).toMatchObject({ status: 415, detail: 'no' });
    expect(outcomeOf(502, '<html>')).toMatchObject({ status: 502 });
  });
});

describe('a download', () => {
  it('is CSV with nested fields as columns', () => {
    expect(csvOf([{ id: 'a', gives: { out: 1, in: 2 }, tags: ['x', 'y'] }, { id: 'b, "c"', other: null }])).toBe('id,gives.out,gives.in,tags,other\r\na,1,2,x;y,\r\n"b, ""c""",,,,\r\n');
  });
  it('holds no formulas for a spreadsheet to run', () => {
    expect(csvOf([{ a: '=1+1', b: '@x', c: -3, d: '-cmd' }])).toBe("a,b,c,d\r\n'=1+1,'@x,-3,'-cmd\r\n");
  });
});
