// Lints the document that is named; fails on errors, tells warnings.
import { spawnSync } from 'node:child_process';

const lint = spawnSync(
  'node_modules/.bin/redocly',
  ['lint', process.argv[2], '--config', 'redocly.yaml', '--format', 'stylish'],
  { stdio: 'inherit', env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
);
process.exit(lint.status ?? 1);
