#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { preferMainThread } from './thread-priorities.cjs';

// V8 puts what it has once found to live long straight into the old part of the heap. What the driver makes for each
// statement is taken for that during the start: from then on all of a request outlives it until the next full collection.
setFlagsFromString('--no-allocation-site-pretenuring');

// The thread pool takes its size from the environment at its first use, and loading an ES module uses it already.
// This file is CommonJS so that the size is set before.
const concurrency = Number(process.env['HASH_CONCURRENCY'] || availableParallelism());
process.env['UV_THREADPOOL_SIZE'] ??= String((Number.isInteger(concurrency) ? concurrency : 4) + 4);
preferMainThread();

// The build packs the command line into few files, which load sooner; `npm run dev` does without.
const bundle = join(__dirname, '../bundle/cli.js');
const file = existsSync(bundle) ? pathToFileURL(bundle).href : './cli/cli.js';

// eslint-disable-next-line keyturn/cast -- what a path stands for is not known to the compiler
const commandLine = import(file) as Promise<typeof import('./cli/cli.js')>;
void commandLine.then(({ run }) => run(process.argv));
