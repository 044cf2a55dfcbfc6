/** Lines that are further apart than this, in line heights, are different paragraphs. */
export const paragraphGap = 1.7;
