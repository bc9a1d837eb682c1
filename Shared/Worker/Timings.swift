internal import Record

/// The seconds by stage that a job states, `fetch=0.0123 clean=0.0021`; what cannot be read is left out.
func seconds(ofTimings timings: String) -> [(stage: String, seconds: ExactDecimal)] {
  timings.split(separator: " ").compactMap { item in
    let parts = item.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let seconds = decimal(parts[1]) else { return nil }
    return (String(parts[0]), seconds)
  }
}

private func decimal(_ text: Substring) -> ExactDecimal? {
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let places = parts.count == 2 ? parts[1] : ""
  let digits = parts[0] + places
  guard !digits.isEmpty, digits.utf8.count <= 30, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
  return Int128(digits).map { ExactDecimal($0, scale: places.utf8.count) }
}
