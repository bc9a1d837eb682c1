package import Clean
internal import Record
internal import Text

/// What is wrong with what the cleaner makes of an input; nil when the input ends in a valid text or in a failure.
package func fault(of input: [UInt8], by cleaner: Cleaner, mediaType: String? = nil) -> String? {
  var source = Source(uri: "mutated")
  source.mediaType = mediaType
  guard let record = try? cleaner.clean(input, source: source) else { return nil }
  let text = record.text.bytes
  if text.isEmpty { return "The text is empty, which should have been a failure." }
  // Decoding repairs what is no UTF-8, so valid text comes out as it went in.
  if Array(String(decoding: text, as: UTF8.self).utf8) != text { return "The text is not valid UTF-8." }
  if text.contains(0) { return "The text holds a NUL." }
  return nil
}
