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
