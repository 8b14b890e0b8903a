import { describe, expect, it } from 'vitest';
import { answerOf, type ImportColumn } from '../src/api/imports';
import { csvOf } from '../src/components/Download';
import { missingFrom, settingsOf, tableQuery } from '../src/pages/import/columns';

const column = (heading: string, field: string | null, ...samples: string[]): ImportColumn => ({ file: 'a.csv', heading, field, samples });

describe('a table before it is imported', () => {
  const columns = [column('When', 'at', '2026-01-01'), column('Sender', 'from', 'a'), column('to', 'to', 'b'), column('Note', null, 'x')];
  it('tells the server what is called otherwise and what to leave out', () => {
    expect(tableQuery(columns, settingsOf(columns))).toEqual({ format: 'csv', kind: 'message', epoch: undefined, timeUnit: undefined, map: ['at=When', 'from=Sender'], ignore: ['Note'] });
  });
  it('without a header says what each column holds', () => {
    const settings = { ...settingsOf(columns), hasHeader: false, epoch: '2003-10-01T00:00:00Z', timeUnit: 's' };
    expect(tableQuery(columns, settings)).toEqual({ format: 'csv', columns: 'at,from,to,-', kind: 'message', epoch: '2003-10-01T00:00:00Z', timeUnit: 's' });
  });
  it('says what is still missing', () => {
    const settings = settingsOf(columns);
    expect(missingFrom({ ...settings, mapping: ['from', null] })).toBe("Say which column holds 'at'.");
    expect(missingFrom({ ...settings, mapping: ['from', 'from', 'at'] })).toContain("'from'");
    expect(missingFrom({ ...settings, mapping: ['from', 'at'], kind: 'message' })).toBeNull();
  });
});

describe('what became of an upload', () => {
  it('is an import, also one of which nothing could be taken', () => {
    expect(answerOf(422, JSON.stringify({ batch: 'a-1', state: 'failed', failure: 'no' }))).toMatchObject({ batch: 'a-1', state: 'failed' });
  });
  it('is a problem where there is none', () => {
    expect(answerOf(413, JSON.stringify({ title: 'Too large', detail: 'no' }))).toMatchObject({ status: 413, detail: 'no' });
    expect(answerOf(502, '<html>')).toMatchObject({ status: 502 });
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
