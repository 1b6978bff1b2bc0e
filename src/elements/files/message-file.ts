import type { BackendError } from '../../backend/backend-error.js';
import { fileSize } from '../../i18n/file-size.js';
import type { Portal } from '../../model/index.js';
import { errorText, type Translate } from '../templates.js';
import type { KeptFile } from './files-part.js';

export type Limits = Portal['limits'];

/** Why a file does not go along: what can be seen beforehand, or what the backend has said. */
export type FileProblem = 'empty' | 'folder' | 'too-large' | 'kind' | 'expired' | BackendError;

/** Types whose pictures are shown: they are made of points, and run nothing. */
const raster = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/** What no other try makes better. */
const final = /^(too-large|unsupported-type|rejected|invalid)$/;

/** One file of a message, from being chosen to being there. */
export class MessageFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Absent for one that was there before the page was loaded. */
  readonly file: File | undefined;
  /** Once it is there. */
  kept: KeptFile | undefined;
  problem: FileProblem | undefined;
  /** Bytes that are on their way, or are there. */
  sent = 0;
  /** Ends it, while it is on its way. */
  sending: AbortController | undefined;
  #preview: string | undefined;
  #hasPreview: boolean;

  constructor(from: File | KeptFile, problem?: FileProblem) {
    this.file = from instanceof File ? from : undefined;
    this.kept = from instanceof File || problem ? undefined : from;
    this.name = from.name;
    this.size = from.size;
    this.problem = problem;
    this.#hasPreview = from instanceof File && !problem && raster.test(from.type);
  }

  /** It is neither there nor has failed. */
  get pending(): boolean {
    return !this.kept && !this.problem;
  }

  get canRetry(): boolean {
    return !!this.problem && typeof this.problem === 'object' && !final.test(this.problem.code);
  }

  /** The address of a small picture of it, until `revoke`. */
  get preview(): string | undefined {
    if (this.#hasPreview && this.file) this.#preview ??= URL.createObjectURL(this.file);
    return this.#preview;
  }

  /** The page's policy shows none, or it is none. */
  hidePreview(): void {
    this.#hasPreview = false;
    this.revoke();
  }

  revoke(): void {
    if (this.#preview) URL.revokeObjectURL(this.#preview);
    this.#preview = undefined;
  }

  /** Ends what is on its way. */
  stop(): void {
    this.sending?.abort();
    this.sending = undefined;
    this.sent = 0;
  }
}

/** What keeps a file from being sent, as far as it can be seen beforehand. */
export function problemOf(
  { name, size }: File,
  { attachmentBytes, attachmentExtensions }: Limits,
): FileProblem | undefined {
  if (size === 0) return 'empty';
  if (size > attachmentBytes) return 'too-large';
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return attachmentExtensions && !attachmentExtensions.includes(extension) ? 'kind' : undefined;
}

/** Why a file does not go along, in words. */
export function problemText(t: Translate, locale: string, problem: FileProblem, limits: Limits): string {
  const tooLarge = () => t('files.too-large', { size: fileSize(locale, limits.attachmentBytes) });
  if (typeof problem === 'object') {
    if (problem.code === 'too-large') return tooLarge();
    // Its name was looked at here already.
    if (problem.code === 'unsupported-type') return t('files.mismatch');
    if (problem.code === 'rate-limited') return t('files.rate-limited');
    return problem.fields?.some(({ code }) => code === 'infected') ? t('files.infected') : errorText(t, problem);
  }
  if (problem === 'too-large') return tooLarge();
  if (problem !== 'kind') return t(`files.${problem}`);
  return t(limits.attachmentExtensions?.includes('zip') ? 'files.kind-zip' : 'error.unsupported-type');
}
