import Clean
import Mutations

/// The cleaner under libFuzzer; built by `Tests/Fuzz/fuzz`, because libFuzzer brings a `main` of its own.
///
/// The first byte of an input says what the sender claims, the rest is the page.
@_cdecl("LLVMFuzzerTestOneInput")
public func cleanOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let claim = input.first else { return 0 }
  let mediaType = claims[Int(claim) % claims.count]
  if let fault = fault(of: Array(input.dropFirst()), by: cleaner, mediaType: mediaType) { fatalError(fault) }
  return 0
}

private let cleaner = Cleaner()
private let claims = [nil, "text/html", "text/plain", "text/html; charset=gbk", "text/plain; charset=big5"]
