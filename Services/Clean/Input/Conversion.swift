internal import Glibc

/// The bytes as UTF-8, and how many of them meant nothing and became U+FFFD.
func convert(_ raw: [UInt8], _ charset: Charset) -> (text: [UInt8], damaged: Int) {
  if charset == .utf8 { return raw.span.repairedUTF8 }
  guard let converter = Converter(from: charset.converter) else { return raw.span.repairedUTF8 }
  return converter.convert(raw)
}

/// glibc's iconv from one charset to another.
@safe struct Converter: ~Copyable {
  private let handle: iconv_t

  init?(from charset: String, to target: String = "UTF-8") {
    unsafe handle = iconv_open(target, charset)
    if unsafe Int(bitPattern: handle) == -1 { return nil }
  }

  deinit { unsafe iconv_close(handle) }

  /// What came of the bytes, U+FFFD's three bytes for each run of those that mean nothing, and how many those were.
  ///
  /// - Parameter limit: it ends after so many that mean nothing, each of which costs iconv a block of work.
  func convert(_ raw: [UInt8], limit: Int = .max) -> (text: [UInt8], damaged: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count * 3 / 2)
    var damaged = 0
    var input = raw
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var position = 0
    while position < input.count, damaged < limit {
      let (read, written, isStuck) = step(&input, position, &chunk)
      text.append(contentsOf: chunk[..<written])
      position += read
      guard isStuck, position < input.count else { continue }
      damaged += 1
      position += 1
      // A slice by its bounds: compared with an array, `suffix` would be that of a sequence, which walks all of the text.
      let end: ArraySlice<UInt8> = text[max(0, text.count - 3)...]
      if end != [0xEF, 0xBF, 0xBD] { text.append(contentsOf: [0xEF, 0xBF, 0xBD]) }
    }
    return (text, damaged)
  }

  /// Converts from a position on until the chunk is full, the input ends or a byte means nothing.
  private func step(_ input: inout [UInt8], _ position: Int, _ chunk: inout [UInt8]) -> (
    read: Int, written: Int, isStuck: Bool
  ) {
    let (inputCount, chunkCount) = (input.count, chunk.count)
    return unsafe input.withUnsafeMutableBytes { source in
      unsafe chunk.withUnsafeMutableBytes { target in
        var from = unsafe source.baseAddress?.advanced(by: position).assumingMemoryBound(to: CChar.self)
        var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var (left, room) = (inputCount - position, chunkCount)
        let result = unsafe iconv(handle, &from, &left, &to, &room)
        return (inputCount - position - left, chunkCount - room, result == -1 && errno != E2BIG)
      }
    }
  }
}
