import '../design/index.css';
import './progress.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CrashScreen } from '../app/crash-screen.tsx';
import { Lab } from './lab.ts';
import { LabProvider } from './lab-context.tsx';
import { labWords } from '../words/lab.ts';
import { LabPage } from './lab-page.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('lab.html has no element with the id "root".');

// Outside the tree, since strict mode calls components and initialisers twice.
const lab = new Lab();

void import('../install/service-worker.ts').then(({ offline }) => offline.begin());

const tree = createRoot(root);
const render = (): void => {
  document.title = labWords.documentTitle;
  tree.render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <CrashScreen>
          <LabProvider value={lab}>
            <LabPage />
          </LabProvider>
        </CrashScreen>
      </CSPProvider>
    </StrictMode>,
  );
};
render();
