// The process that plays GitHub, run on Node 24: `node server.mjs MODULE_OF_THE_EMULATOR`.
// Prints one line of JSON with its addresses when it is ready, and ends when its stdin does.
import { createControl } from './server/control.ts';
import { startEmulator } from './server/emulator.ts';
import { listen } from './server/http.ts';
import { createProxy } from './server/proxy.ts';
import { createWorld } from './server/world.ts';

// The address must be known before what stands behind it can be made.
let handle = (_request, response) => response.destroy();
const apiUrl = await listen((request, response) => handle(request, response));
const world = createWorld(apiUrl, await startEmulator(process.argv[2], apiUrl));
handle = await createProxy(world);
const controlUrl = await listen(createControl(world));

console.log(JSON.stringify({ apiUrl, controlUrl }));
// Also when the test process is killed: nobody is left behind.
process.stdin.resume().on('close', () => process.exit(0));
