import { signal } from '@preact/signals';

/** A file that was dropped on another page: the import page takes it over when it opens. */
export const chosenFile = signal<File | null>(null);
