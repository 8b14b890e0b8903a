import type { ComponentType } from 'preact';
import { match } from '../routing/router';

export interface PageEntry {
  readonly pattern: string;
  readonly title: string;
  readonly load: () => Promise<{ readonly default: ComponentType<{ ids: Readonly<Record<string, string>> }> }>;
}

const pages: readonly PageEntry[] = [
  { pattern: '/', title: 'Overview', load: () => import('../pages/overview/OverviewPage') },
  { pattern: '/me', title: 'My day', load: () => import('../pages/me/MePage') },
  { pattern: '/people', title: 'People', load: () => import('../pages/people/PeoplePage') },
  { pattern: '/people/{id}', title: 'Person', load: () => import('../pages/person/PersonPage') },
  { pattern: '/people/{id}/ties/{other}', title: 'Tie', load: () => import('../pages/person/TiePage') },
  { pattern: '/people/{id}/brief/{other}', title: 'Brief', load: () => import('../pages/brief/BriefPage') },
  { pattern: '/introductions', title: 'Introductions', load: () => import('../pages/introductions/IntroductionsPage') },
  { pattern: '/team', title: 'Who can get us in?', load: () => import('../pages/team/TeamPage') },
  { pattern: '/dormant-ties', title: 'Dormant ties', load: () => import('../pages/dormant/DormantTiesPage') },
  { pattern: '/venues', title: 'Venues', load: () => import('../pages/venues/VenuesPage') },
  { pattern: '/venues/{id}', title: 'Venue', load: () => import('../pages/venues/VenuePage') },
  { pattern: '/huddles', title: 'Huddles', load: () => import('../pages/huddles/HuddlesPage') },
  { pattern: '/map', title: 'Map', load: () => import('../pages/map/MapPage') },
  { pattern: '/live', title: 'Live', load: () => import('../pages/live/LivePage') },
  { pattern: '/import', title: 'Import', load: () => import('../pages/import/ImportPage') },
  { pattern: '/duplicates', title: 'One person or two?', load: () => import('../pages/identity/DuplicatesPage') },
  { pattern: '/measures', title: 'Measures', load: () => import('../pages/measures/MeasuresPage') },
  { pattern: '/measures/{id}', title: 'Measure', load: () => import('../pages/measures/MeasurePage') },
];

/** The page of a path, with the ids in it. */
export function findPage(path: string): { readonly entry: PageEntry; readonly ids: Readonly<Record<string, string>> } | null {
  for (const entry of pages) {
    const ids = match(entry.pattern, path);
    if (ids) return { entry, ids };
  }
  return null;
}
