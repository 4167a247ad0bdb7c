import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { documentEndings } from '#protocol/documents.ts';
import { useControls } from '../app/conversation-context.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { documentWords as said } from '../words/documents.ts';

/** Opens the browser's own choice of files. */
export default function AddDocument() {
  const controls = useControls();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label={said.add}
        title={`${said.add}. ${said.about}`}
        icon={Paperclip}
        className="-ml-3 self-center"
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={documentEndings.join(',')}
        onChange={({ currentTarget }) => {
          controls.giveDocuments([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
