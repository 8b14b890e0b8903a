import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../src/api/client';
import { type Column, DataTable, sorted } from '../src/components/DataTable';
import { Measure, spotFor } from '../src/components/Measure';
import { Problem, Shown } from '../src/components/States';
import { StatusList } from '../src/pages/overview/StatusList';
import { initials } from '../src/pages/introductions/PathDrawing';
import { reasonFor } from '../src/pages/dormant/DormantTiesPage';

afterEach(cleanup);

interface Row {
  readonly name: string;
  readonly worth: number | null;
}

const rows: readonly Row[] = [{ name: 'b', worth: 2 }, { name: 'a', worth: null }, { name: 'c', worth: 10 }];
const columns: readonly Column<Row>[] = [
  { key: 'name', title: 'Name', cell: (row) => row.name, by: (row) => row.name },
  { key: 'worth', title: 'Worth', cell: (row) => row.worth, by: (row) => row.worth },
];

describe('a table', () => {
  it('sorts by a column either way, what has no value last', () => {
    expect(sorted(rows, columns, { key: 'worth', down: true }).map((row) => row.name)).toEqual(['c', 'b', 'a']);
    expect(sorted(rows, columns, { key: 'worth', down: false }).map((row) => row.name)).toEqual(['b', 'c', 'a']);
    expect(sorted(rows, columns, null)).toBe(rows);
  });
  it('says by which column it is sorted', () => {
    render(<DataTable rows={rows} columns={columns} rowKey={(row) => row.name} caption="Things" />);
    fireEvent.click(screen.getByRole('button', { name: 'Sort by name' }));
    expect(screen.getByRole('columnheader', { name: /Name/ }).getAttribute('aria-sort')).toBe('ascending');
    expect(screen.getAllByRole('row')[1]?.textContent).toBe('a');
    fireEvent.click(screen.getByRole('button', { name: 'Sort by name' }));
    expect(screen.getAllByRole('row')[1]?.textContent).toBe('c10');
  });
  it('shows more of a long list when asked', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ name: `n${index}`, worth: index }));
    render(<DataTable rows={many} columns={columns} rowKey={(row) => row.name} caption="Things" atOnce={10} />);
    expect(screen.getAllByRole('row')).toHaveLength(11);
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(screen.getAllByRole('row')).toHaveLength(31);
  });
});

describe('a measure', () => {
  it('explains itself while it has the focus, and leads to its definition', () => {
    render(<Measure of="balance" />);
    const link = screen.getByRole('link', { name: 'Balance' });
    expect(link.getAttribute('href')).toBe('/measures/balance');
    expect(screen.queryByRole('tooltip')).toBeNull();
    fireEvent.focus(link);
    expect(screen.getByRole('tooltip').textContent).toContain('How even a relationship is');
    fireEvent.keyDown(link, { key: 'Escape' });
    expect(screen.queryByRole('tooltip')).toBeNull();
  });
  it('keeps its explanation on the screen', () => {
    expect(spotFor({ left: 1200, top: 100, bottom: 120 }, 1280, 800)).toEqual({ left: 948, top: 128, above: false });
    expect(spotFor({ left: -5, top: 700, bottom: 720 }, 375, 780)).toEqual({ left: 12, top: 692, above: true });
  });
});

describe('an answer', () => {
  const loaded = { data: undefined, problem: undefined, loading: true, reload: vi.fn() };
  it('has a state while it loads, when it is empty and when it fails', () => {
    const { rerender } = render(<Shown of={loaded}>{() => 'there'}</Shown>);
    expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy();
    rerender(<Shown of={{ ...loaded, data: [], loading: false }} isEmpty={(data: string[]) => data.length === 0} empty="none">{() => 'there'}</Shown>);
    expect(document.body.textContent).toBe('none');
    rerender(<Shown of={{ ...loaded, loading: false, problem: new ApiProblem(500, 'Internal', 'It broke.') }}>{() => 'there'}</Shown>);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(loaded.reload).toHaveBeenCalledOnce();
  });
  it('asks for a key, or says that the key does not cover it', () => {
    const { rerender } = render(<Problem problem={new ApiProblem(401, 'Unauthorized', '')} />);
    expect(screen.getByRole('button', { name: 'Enter a key' })).toBeTruthy();
    rerender(<Problem problem={new ApiProblem(403, 'Forbidden', '')} />);
    expect(document.body.textContent).toContain('Your key does not cover this');
  });
  it('says how far the log has been read', () => {
    render(<Problem problem={new ApiProblem(503, 'Not ready', '', 1, { position: 250, of: 1000 })} />);
    expect(document.body.textContent).toContain('25 %');
  });
});

describe('statuses', () => {
  it('stand from warm to cold with their change', () => {
    render(<StatusList statuses={{ active: 30, dormant: 10 }} before={{ active: 20, dormant: 12 }} />);
    const items = screen.getAllByRole('listitem').map((item) => item.textContent.replace(/\s+/g, ' '));
    expect(items[0]).toContain('active30');
    expect(items[0]).toContain('+10');
    expect(items.find((item) => item.startsWith('dormant'))).toContain('−2');
  });
});

describe('words', () => {
  it('give initials of names and of ids', () => {
    expect([initials('Bao Wang'), initials('Defne Su Çelik'), initials('ann@example.org'), initials('')]).toEqual(['BW', 'DÇ', 'A', '?']);
  });
  it('say why a dormant tie is worth reviving', () => {
    const tie = {
      person: 'x', name: null, silenceDays: 507, peakStrength: 9, balance: 0.97, entity: 'person', novelty: 0.9, noveltyKnown: true, answerProbability: 0.7,
      reconnectValue: 0.6, episodes: 4, trust: 0.8, newness: 0.9,
      evidence: { peakShare: 0.9, peakAt: null, sent: 15, answered: 11, asks: 0, asksAnswered: 0, firstContact: '', lastContact: '', contacts: { out: 1, in: 1 } },
    };
    expect(reasonFor(tie)).toBe('Silent for 17 months; both of you gave alike, most of their contacts are new to you, they answered 11 of your 15 messages.');
    expect(reasonFor({ ...tie, balance: 0, novelty: null, noveltyKnown: false, evidence: { ...tie.evidence, answered: 3 } })).toBe('Silent for 17 months.');
  });
});
