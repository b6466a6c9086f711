/** The only import of what draws the page; the server serves that file as it stands. */
export {
  h,
  html,
  render,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'htm/preact/standalone';
