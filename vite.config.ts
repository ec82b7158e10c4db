import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { persianAria } from './src/web/persian-aria.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The desk: built from src/web/index.html into dist/desk and served by fastify under /desk. */
export default defineConfig({
  root: here('./src/web'),
  base: '/desk/',
  publicDir: false,
  // Not in var/, the data folder of a clone: it has to be empty before the first start.
  cacheDir: here('./node_modules/.vite'),
  plugins: [react(), persianAria()],
  build: {
    outDir: here('./dist/desk'),
    emptyOutDir: true,
    reportCompressedSize: false,
    // Fonts and pictures stay files of their own: inlined they would be loaded even when not used.
    assetsInlineLimit: 0,
    // What changes with React and TanStack only stays in the browser's cache when our pages change.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'frame', test: /node_modules[\\/](?:react|react-dom|scheduler|@tanstack)[\\/]/ }],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env['KARSAZ_ADDRESS'] ?? 'http://127.0.0.1:3000' } },
});
