import { describe, expect, it } from 'vitest';
import { addressOf } from '../src/api/client';
import { requestsFor, tellingPart } from '../src/api/names';
import { addressTo, match, personPath, setQuery } from '../src/routing/router';

describe('addresses of the API', () => {
  it('encode an id once, and leave out what is not given', () => {
    expect(addressOf('/v1/people/{id}/ties/{other}', { id: 'a/b@x.org', other: 'ü%' }, { asOf: undefined, limit: 5 })).toBe('/v1/people/a%2Fb%40x.org/ties/%C3%BC%25?limit=5');
    expect(addressOf('/v1/people/{id}', { id: '..' }, undefined)).toBe('/v1/people/%2E%2E');
  });
  it('repeat what is a list, in a fixed order', () => {
    expect(addressOf('/v1/interactions', undefined, { map: ['at=When', 'to=Who'], ignore: [], delimiter: 'tab' })).toBe('/v1/interactions?delimiter=tab&map=at%3DWhen&map=to%3DWho');
  });
});

describe('people whose name is still being asked for', () => {
  it('are called by the telling part of their id', () => {
    expect([tellingPart('bao.wang@x.example'), tellingPart('https://example.org/in/ann/'), tellingPart('42')]).toEqual(['bao wang', 'ann', '42']);
  });
});

describe('addresses of pages', () => {
  it('lead back to the id they were made from', () => {
    for (const id of ['ann@example.org', 'https://example.org/in/ann', 'ü 100 %', '😀']) expect(match('/people/{id}', personPath(id))).toEqual({ id });
  });
  it('match whole paths only', () => {
    expect(match('/people/{id}', '/people')).toBeNull();
    expect(match('/people/{id}', '/people/')).toBeNull();
    expect(match('/people', '/people/')).toEqual({});
    expect(match('/people/{id}', '/people/a/b')).toBeNull();
    expect(match('/people/{id}', '/people/%zz')).toBeNull();
  });
  it('keep the date', () => {
    history.replaceState(null, '', '/');
    setQuery({ asOf: '2025-03-01', query: 'x' });
    expect(addressTo('/people', { tag: 'law' })).toBe('/people?tag=law&asOf=2025-03-01');
    setQuery({ asOf: null, query: null });
    expect(addressTo('/people')).toBe('/people');
  });
});

describe('names', () => {
  it('are asked for as many at once as a request takes', () => {
    const ids = Array.from({ length: 250 }, (_, index) => `p${index}`);
    const requests = requestsFor(ids);
    expect([requests.map((one) => one.length), requests.flat()]).toEqual([[100, 100, 50], ids]);
    const long = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(200)}${index}`);
    expect(Math.max(...requestsFor(long).map((one) => one.join('&id=').length))).toBeLessThan(6000);
    expect(requestsFor(long).flat()).toEqual(long);
    expect(requestsFor([])).toEqual([]);
  });
});
