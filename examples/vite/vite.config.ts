import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    // The manifest names every chunk's source; the maps name the modules inside it.
    manifest: true,
    sourcemap: true,
  },
});
