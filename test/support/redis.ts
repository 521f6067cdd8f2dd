import { spawn, type ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';
import { redisServer } from '../../scripts/test-scope.cjs';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** A real Redis in a process of its own, which can be stopped, hung and started again on the same port. */
export class RedisProcess {
  private child: ChildProcess | null = null;

  private constructor(readonly port: number) {}

  static async start(): Promise<RedisProcess> {
    const server = new RedisProcess(await freePort());
    await server.startAgain();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/3`;
  }

  async startAgain(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn(redisServer, options, { stdio: 'ignore' });
    await until(() => this.accepts());
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** It goes on accepting connections, and says no word. */
  hang(): void {
    this.child?.kill('SIGSTOP');
  }

  wake(): void {
    this.child?.kill('SIGCONT');
  }

  private accepts(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = createConnection(this.port, '127.0.0.1');
      const end = (accepted: boolean) => (): void => {
        socket.destroy();
        resolve(accepted);
      };
      socket.once('connect', end(true)).once('error', end(false));
    });
  }
}
