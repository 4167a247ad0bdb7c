import { exitCodes } from './exit-codes.ts';
import { runVad } from './vad/command.ts';

const [command, ...args] = process.argv.slice(2);
if (command === 'vad') {
  process.exitCode = await runVad(args);
} else {
  process.stderr.write('Usage: parley vad FILES…   (parley vad --help says more)\n');
  process.exitCode =
    command === undefined || command === '--help' ? exitCodes.done : exitCodes.usage;
}
