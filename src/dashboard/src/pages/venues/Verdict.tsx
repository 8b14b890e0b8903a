import { Icon } from '../../components/Icon';

export const verdicts = ['fruitful', 'ordinary', 'graveyard', 'unclear'] as const;

export type VerdictName = (typeof verdicts)[number];

const meanings: Readonly<Record<VerdictName, string>> = {
  fruitful: 'people who meet here stay in touch',
  ordinary: 'neither clearly fruitful nor a graveyard',
  graveyard: 'many attend, nothing lasts',
  unclear: 'too few cases to tell',
};

/** What a venue is worth, in a word. */
export function Verdict({ name }: { readonly name: string | null | undefined }) {
  if (!name) return <span class="muted">–</span>;
  return (
    <span class="verdict" data-verdict={name} title={meanings[name as VerdictName]}>
      {name === 'fruitful' && <Icon name="check" size={15} />}
      {name === 'graveyard' && <Icon name="alert" size={15} />}
      {name}
    </span>
  );
}
