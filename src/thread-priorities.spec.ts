import os from 'node:os';
import { preferMainThread } from './thread-priorities.cjs';

afterEach(() => jest.restoreAllMocks());

it('leaves all threads alike where a sandbox does not let it change them', () => {
  const refused = jest.spyOn(os, 'setPriority').mockImplementation(() => {
    throw new Error('setpriority: EPERM');
  });

  expect(preferMainThread).not.toThrow();
  expect(refused).toHaveBeenCalledTimes(process.platform === 'linux' ? 1 : 0);
});

it('changes no thread where /proc has other ids than the process itself, as in a container with the /proc of its host', () => {
  const changed = jest.spyOn(os, 'setPriority').mockReturnValue();
  const own = process.pid;

  Object.defineProperty(process, 'pid', { value: -1 });
  preferMainThread();
  Object.defineProperty(process, 'pid', { value: own });

  expect(changed).not.toHaveBeenCalled();
});
