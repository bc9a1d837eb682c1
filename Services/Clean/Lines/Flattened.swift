internal import Text

/// The text lines with the parts of a document on lines of their own whose line breaks were lost: title, document number,
/// salutation and signature. Only lines that hold more than a paragraph's worth are looked at.
///
///     某某市关于某事的通知某政发〔2021〕3号各县人民政府:…  →  title / number / salutation / text
///     …保障。某某市人民政府2020年12月24日联系人:…          →  text / organ / date / contact
func unflattened(_ lines: [Line]) -> [Line] {
  let title = lines.first.map { Head([$0]).title ?? "" } ?? ""
  var result: [Line] = []
  for (index, line) in lines.enumerated() {
    guard line.length > 120 || index == 0 && line.length > 12, index < 12 || index + 12 > lines.count else {
      result.append(line)
      continue
    }
    var rest = line
    if index < 12 {
      for end in headParts(line, title: title, isFirst: index == 0) {
        let start = line.bytes.count - rest.bytes.count
        result.append(Line(Array(line.bytes[trimmed(line.bytes.span, start..<end)]), gap: rest.gap))
        rest = Line(Array(line.bytes[trimmed(line.bytes.span, end..<line.bytes.count)]))
      }
    }
    result += signatureParts(rest)
  }
  return result
}

/// Where the title, the document number and the salutation at the start of a line end.
private func headParts(_ line: Line, title: String, isFirst: Bool) -> [Int] {
  let (scalars, offsets) = narrowScalars(line.opening(1500))
  var ends: [Int] = []
  var start = 0
  if !isFirst, !title.isEmpty, line.bytes.starts(with: title.utf8), line.bytes.count > title.utf8.count {
    ends.append(title.utf8.count)
    start = offsets.firstIndex(of: title.utf8.count) ?? 0
  } else if isFirst, let end = titleRange(scalars) {
    ends.append(offsets[end])
    start = end
    if let number = documentNumberRange(scalars), number.lowerBound == end {
      ends.append(offsets[number.upperBound])
      start = number.upperBound
    }
  } else if !isFirst {
    return []
  }
  if let end = salutationEnd(scalars, from: start) { ends.append(offsets[end]) }
  return ends
}

/// The end of a salutation that starts at an index: names of organs up to the first colon.
private func salutationEnd(_ text: [UInt32], from start: Int) -> Int? {
  guard let colon = text[start...].prefix(80).firstIndex(of: 0x3A), colon - start >= 3 else { return nil }
  let name = text[start..<colon]
  guard !name.contains(where: { isSentenceEnd($0) || isDigit($0) }), let last = name.last else { return nil }
  guard isOrganSuffix(last) || last == 0x6784 || last == 0x8868 || last == 0x4F4D else { return nil }
  return colon + 1 < text.count ? colon + 1 : nil
}

/// The line with the organ and the date that sign it, when they stand behind its last sentence, on lines of their own.
private func signatureParts(_ line: Line) -> [Line] {
  let start = line.bytes.count > 700 ? line.bytes.span.characterStart(line.bytes.count - 700) : 0
  let (scalars, offsets) = narrowScalars(Array(line.bytes[start...]))
  guard line.length > 120, let signed = signedDate(scalars) else { return [line] }
  let cuts = [signed.organ, signed.date.lowerBound, signed.date.upperBound].map { start + offsets[$0] }
  let bounds = [0] + cuts + [line.bytes.count]
  return zip(bounds, bounds.dropFirst()).enumerated().compactMap { index, bound in
    let range = trimmed(line.bytes.span, bound.0..<bound.1)
    return range.isEmpty ? nil : Line(Array(line.bytes[range]), gap: index == 0 ? line.gap : 0)
  }
}
