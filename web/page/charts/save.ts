/**
 * A chart as a file: redrawn on white with its title, in a size that fits a slide, so that it is readable by
 * itself.
 */
import * as echarts from 'echarts/core';
import { FONT, INK } from '../style/theme.ts';

const WIDTH = 1600;
/** Pixel ratio of the PNG: sharp on a projector. */
const DENSITY = 2;

export interface Drawing {
  readonly option: echarts.EChartsCoreOption;
  readonly title: string;
  /** Height over width on the page. */
  readonly shape: number;
}

function drawn({ option, title, shape }: Drawing): { text: string; height: number } {
  const height = Math.round(WIDTH * shape) + 60;
  const chart = echarts.init(
    null,
    // Names go into an attribute of the file: double quotes would break it.
    { textStyle: { fontFamily: FONT.replaceAll('"', "'") } },
    { renderer: 'svg', ssr: true, width: WIDTH, height },
  );
  chart.setOption({
    ...option,
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: title, left: 24, top: 16, textStyle: { color: INK, fontSize: 22 } },
  });
  const text = chart.renderToSVGString();
  chart.dispose();
  return { text, height };
}

function offer(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}

export function saveSvg(drawing: Drawing): void {
  offer(new Blob([drawn(drawing).text], { type: 'image/svg+xml' }), `${drawing.title}.svg`);
}

export async function savePng(drawing: Drawing): Promise<void> {
  const { text, height } = drawn(drawing);
  const image = new Image(WIDTH, height);
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH * DENSITY;
    canvas.height = height * DENSITY;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const content = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (content !== null) offer(content, `${drawing.title}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}
