import { create } from 'zustand';

const STARTING = { density: 'comfortable', currency: 'EUR', hue: 210, showsCents: true };

/** What the reader chose on the settings page; forgotten when the page is closed. */
export const usePreferences = create((set) => ({
  ...STARTING,
  chooseDensity: (density) => set({ density }),
  chooseCurrency: (currency) => set({ currency }),
  turnHue: (degrees) => set(({ hue }) => ({ hue: (hue + degrees + 360) % 360 })),
  toggleCents: () => set(({ showsCents }) => ({ showsCents: !showsCents })),
  startOver: () => set(STARTING),
}));
