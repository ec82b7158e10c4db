import type { ReactNode } from 'react';

export function GalleryPage(): ReactNode {
  return null;
}
