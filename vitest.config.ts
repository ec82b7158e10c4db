import { defineConfig } from 'vitest/config';

const shared = {
  // One server for all test files, a database of its own for each: see src/testing/house.ts.
  globalSetup: ['src/testing/setup.ts'],
  pool: 'forks' as const,
  // Files of a worker share its modules: taking in the whole house anew for each took as long as half of the tests.
  isolate: false,
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'house',
          include: ['src/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', 'node_modules/**'],
        },
      },
      {
        // A browser and a whole running house for each worker.
        test: {
          ...shared,
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          testTimeout: 90_000,
        },
      },
    ],
  },
});
