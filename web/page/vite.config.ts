/** Builds the page into `dist/page/`. The server sends `script-src 'self'`: nothing here may emit an inline script. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Separate chunks for libraries: they change rarely, so a new version of the page is a small download. */
const VENDORS = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
  { name: 'antd', test: /node_modules[\\/]/ },
];

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/page',
    emptyOutDir: true,
    // Counties still have Windows 7, whose last browser is Chrome 109; antd's styles need 88.
    target: ['chrome88', 'edge88', 'firefox85', 'safari14.1'],
    // The polyfill would be an inline script; every browser this runs on preloads modules itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // antd is one library and stays one file: about a third of its size on the wire.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups: VENDORS } } },
  },
});
