import { Download } from 'lucide-react';
import { Button } from '../design/button.tsx';
import { save } from '../saving/save.ts';
import { fileNameAt } from '../transcript/export.ts';
import { priceTable } from '../usage/price-table.ts';
import { inspectorWords } from '../words/inspector.ts';
import { turnsToCsv, turnsToJson } from './exporting.ts';
import type { TurnLog } from './turn-log.ts';

/** All turns as a file: everything, or a line for each. */
export function SaveTurns({ log }: { log: TurnLog }) {
  const content = () => ({ records: log.records(), trace: log.trace, prices: priceTable.all() });
  const name = (): string => `${fileNameAt(Date.now())}-turns`;
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={Download} onClick={() => save(`${name()}.json`, turnsToJson(content()))}>
        {inspectorWords.saveJson}
      </Button>
      <Button icon={Download} onClick={() => save(`${name()}.csv`, turnsToCsv(content()))}>
        {inspectorWords.saveCsv}
      </Button>
    </div>
  );
}
