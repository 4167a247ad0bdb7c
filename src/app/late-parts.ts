import { lazy } from 'react';
import { untilItComes } from './late-code.ts';

/** What the first view does without. It is fetched after the first answer, or when it is first wanted, unless said below. */
const parts = {
  talkScreen: () => import('../talk/talk-screen.tsx'),
  transcriptRows: () => import('../transcript/transcript-rows.tsx'),
  usageButton: () => import('../usage/usage-button.tsx'),
  soundPanel: () => import('../devices/sound-panel.tsx'),
  engineDetails: () => import('../talk/engine-details.tsx'),
  tour: () => import('../tour/tour.tsx'),
  shortcutsHelp: () => import('../talk/shortcuts-help.tsx'),
  manualConnect: () => import('../start/manual-connect.tsx'),
  settingsDialog: () => import('../settings/settings-dialog.tsx'),
  historyWindow: () => import('../history/history-window.tsx'),
  usagePanel: () => import('../usage/usage-panel.tsx'),
  vadPanel: () => import('../vad-panel/vad-panel.tsx'),
  inspectorWindow: () => import('../inspector/inspector-window.tsx'),
  approvalDialog: () => import('../approval/approval-dialog.tsx'),
  cardView: () => import('../cards/card-view.tsx'),
  addDocument: () => import('../documents/add-document.tsx'),
  documentTray: () => import('../documents/document-tray.tsx'),
  shareButton: () => import('../sharing/share-button.tsx'),
  sharingTile: () => import('../sharing/sharing-tile.tsx'),
  soundCheckDialog: () => import('../sound-check/sound-check-dialog.tsx'),
  soundCheckButton: () => import('../sound-check/sound-check-button.tsx'),
  installNotes: () => import('../install/install-notes.tsx'),
  companion: () => import('../phone/companion.tsx'),
  recordingStrip: () => import('../recording/recording-strip.tsx'),
  logButton: () => import('../problems/log-button.tsx'),
  menu: () => import('../design/menu.tsx'),
  tooltip: () => import('../design/tooltip.tsx'),
};

const late: typeof lazy = (fetchPart) => lazy(() => untilItComes(fetchPart));

export const TalkScreen = late(parts.talkScreen);
export const TranscriptRows = late(parts.transcriptRows);
export const UsageButton = late(parts.usageButton);
export const SoundPanel = late(parts.soundPanel);
export const EngineDetails = late(parts.engineDetails);
export const Tour = late(parts.tour);
export const ShortcutsHelp = late(parts.shortcutsHelp);
export const ManualConnect = late(parts.manualConnect);
export const SettingsDialog = late(parts.settingsDialog);
export const HistoryWindow = late(parts.historyWindow);
export const UsagePanel = late(parts.usagePanel);
export const VadPanel = late(parts.vadPanel);
export const InspectorWindow = late(parts.inspectorWindow);
export const ApprovalDialog = late(parts.approvalDialog);
export const CardView = late(parts.cardView);
export const AddDocument = late(parts.addDocument);
export const DocumentTray = late(parts.documentTray);
export const ShareButton = late(parts.shareButton);
export const SharingTile = late(parts.sharingTile);
export const SoundCheckDialog = late(parts.soundCheckDialog);
export const SoundCheckButton = late(parts.soundCheckButton);
export const InstallNotes = late(parts.installNotes);
export const Companion = late(parts.companion);
export const RecordingStrip = late(parts.recordingStrip);
export const LogButton = late(parts.logButton);
export const Menu = late(parts.menu);
export const Tooltip = late(parts.tooltip);

/** Fetches the view of a talk while one is about to begin it. */
export function fetchTalk(): void {
  fetchAhead(parts.talkScreen);
}

/** Fetches menus, before the button of one is pressed. */
export function fetchMenu(): void {
  fetchAhead(parts.menu);
}

/** Fetches what shows words, before the first are said. */
export function fetchTranscript(): void {
  fetchAhead(parts.transcriptRows);
}

/** Fetches every part while there is a connection, so that all are there if the server goes away. */
export function fetchLateParts(): void {
  for (const fetchPart of Object.values(parts)) fetchAhead(fetchPart);
}

function fetchAhead(fetchPart: () => Promise<unknown>): void {
  // A part that does not come now is asked for again when it is wanted.
  fetchPart().catch(() => undefined);
}
