import { useState } from 'preact/hooks';
import { Icon } from '../../components/Icon';

/** Where a file is dropped or chosen. */
export function Drop({ onFile, heading = 'Drop your file here' }: { readonly onFile: (file: File) => void; readonly heading?: string }) {
  const [over, setOver] = useState(false);
  return (
    <section
      class="card drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }}
    >
      <Icon name="import" size={36} />
      <h2>{heading}</h2>
      <p class="muted">A LinkedIn archive, a mailbox, a calendar, an address book, an exported chat, or any table; of any size, zipped or not.</p>
      <label class="button primary file-button">
        Choose a file
        <input type="file" class="visually-hidden" onChange={(event) => event.currentTarget.files?.[0] && onFile(event.currentTarget.files[0])} />
      </label>
    </section>
  );
}
