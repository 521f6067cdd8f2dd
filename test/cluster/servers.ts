import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** A database server that test/cluster/servers.sh has started. */
export type ServerName = 'n1' | 'n2' | 'n3' | 'primary' | 'replica';

const FOLDER = String(process.env['CLUSTER_FOLDER']);
const PORTS: Readonly<Record<ServerName, number>> = { n1: 10, n2: 20, n3: 30, primary: 40, replica: 50 };

export const NODES = ['n1', 'n2', 'n3'] as const;

const portOf = (name: ServerName): number => Number(process.env['PORT_BASE']) + PORTS[name];
const folderOf = (name: ServerName): string => join(FOLDER, name.startsWith('n') ? 'galera' : 'replication');

export const urlOf = (name: ServerName, database: string): string =>
  `mariadb://root@127.0.0.1:${portOf(name)}/${database}`;

/** Rows of one statement on a server, through a connection of its own that sees what other nodes have committed, or cares not. */
export async function sql(
  name: ServerName,
  statement: string,
  database?: string,
  when: 'at once' | 'in step' = 'in step',
): Promise<RowDataPacket[]> {
  const options = { host: '127.0.0.1', port: portOf(name), user: 'root', connectTimeout: 5000 };
  const connection = await createConnection(database === undefined ? options : { ...options, database });
  try {
    await connection.query(`SET SESSION wsrep_sync_wait = ${when === 'in step' ? 1 : 0}`);
    const [rows] = await connection.query<RowDataPacket[]>(statement);
    return rows;
  } finally {
    connection.destroy();
  }
}

/** Keeps a node from applying what other nodes commit, until it is let go; they go on meanwhile. */
export async function holdBack(name: ServerName): Promise<() => void> {
  const connection = await createConnection({ host: '127.0.0.1', port: portOf(name), user: 'root' });
  await connection.query('FLUSH TABLES WITH READ LOCK');
  return () => {
    connection.destroy();
  };
}

/** A counter or state of a node. */
export async function statusOf(name: ServerName, variable: string): Promise<string> {
  const [row] = await sql(name, `SHOW GLOBAL STATUS LIKE '${variable}'`);
  return String(row?.['Value']);
}

/** Ends a server as a power cut would. */
export function killServer(name: ServerName): void {
  process.kill(Number(readFileSync(join(folderOf(name), `${name}.pid`), 'utf8')), 'SIGKILL');
}

/** Starts a node or the replica again, and waits until it is in step. */
export function startServer(name: ServerName): Promise<void> {
  const args = name.startsWith('n') ? ['node', folderOf(name), name.slice(1)] : [name, folderOf(name)];
  return new Promise((resolve, reject) => {
    execFile('sh', [join(__dirname, 'servers.sh'), ...args], (error, _stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve();
    });
  });
}
