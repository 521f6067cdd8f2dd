#!/usr/bin/env node
import { availableParallelism } from 'node:os';

// The thread pool takes its size from the environment at its first use, and loading an ES module uses it already.
// This file is CommonJS so that the size is set before.
const concurrency = Number(process.env['HASH_CONCURRENCY'] || availableParallelism());
process.env['UV_THREADPOOL_SIZE'] ??= String((Number.isInteger(concurrency) ? concurrency : 4) + 4);

void import('./cli/cli.js').then(({ run }) => run(process.argv));
