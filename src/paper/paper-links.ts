/** Where a paper can be read. All take a canonical id and return https addresses. */
export const arxivLink = (id: string): string => `https://arxiv.org/abs/${id}`;
export const pdfLink = (id: string): string => `https://arxiv.org/pdf/${id}`;
export const htmlLink = (id: string): string => `https://arxiv.org/html/${id}`;
export const huggingFaceLink = (id: string): string => `https://huggingface.co/papers/${id}`;
export const alphaXivLink = (id: string): string => `https://www.alphaxiv.org/abs/${id}`;
/** The DOI that DataCite registers for every arXiv paper. */
export const doiLink = (id: string): string => `https://doi.org/10.48550/arXiv.${id}`;
