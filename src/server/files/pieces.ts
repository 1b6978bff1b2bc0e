/** What a stream brings, as it comes. In a page: WebKit cannot iterate over a stream. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    // Who reads no further wants no more of it.
    await reader.cancel();
  }
}
