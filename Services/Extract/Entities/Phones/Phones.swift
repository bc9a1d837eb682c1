internal import Record

/// Telephone numbers.
///
///     landline = 0 area code, - or blank, 7 or 8 digits [- extension] | behind 电话: also 7 or 8 digits alone
///     mobile   = 1 [3-9] and 9 digits
///
/// The short numbers of hotlines (12345) are none.
struct Phones: Family {
  let starts: Starts = [.digit, .bracket]

  func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    if reading.character(at: offset) == "(" { return bracketed(at: offset, in: reading) }
    guard reading.character(at: offset).isDigit, !Self.joins(reading.character(before: offset)),
      let number = reading.digits(at: offset)
    else { return nil }
    return mobile(number, at: offset, in: reading) ?? landline(number, at: offset, in: reading)
      ?? labelled(number, at: offset, in: reading)
  }

  private func mobile(_ number: ReadNumber, at offset: Int, in reading: Reading) -> Entity? {
    guard number.digits == 11, (13_000_000_000...19_999_999_999).contains(number.value),
      !Self.joins(reading.character(at: number.end)), !Self.isUnit(reading.character(at: number.end))
    else { return nil }
    var entity = Entity(.phone, offset..<number.end, rule: "phone.mobile")
    entity.isMobile = true
    return entity
  }

  private func landline(_ area: ReadNumber, at offset: Int, in reading: Reading) -> Entity? {
    guard reading.character(at: offset) == "0", (3...4).contains(area.digits) else { return nil }
    guard Self.separators.contains(reading.character(at: area.end)),
      let number = reading.digits(at: reading.next(area.end)), (7...8).contains(number.digits)
    else { return nil }
    let end = withExtension(number.end, in: reading)
    return Entity(.phone, offset..<end, rule: "phone.landline")
  }

  /// `(0713)7012345`.
  private func bracketed(at offset: Int, in reading: Reading) -> Entity? {
    let start = reading.next(offset)
    guard let area = reading.digits(at: start), reading.character(at: area.end) == ")",
      var entity = landline(area, at: start, in: reading)
    else { return nil }
    entity.span = offset..<entity.span.upperBound
    return entity
  }

  private func labelled(_ number: ReadNumber, at offset: Int, in reading: Reading) -> Entity? {
    guard (7...8).contains(number.digits) else { return nil }
    var label = offset
    for _ in 0..<4 where [" ", ":"].contains(reading.character(before: label)) {
      label = reading.previous(label)
    }
    let labels: [StaticString] = ["电话", "传真", "热线", "手机", "联系方式"]
    guard label < offset, reading.has(anyOf: labels, before: label) else { return nil }
    return Entity(.phone, offset..<withExtension(number.end, in: reading), rule: "phone.labelled")
  }

  private func withExtension(_ end: Int, in reading: Reading) -> Int {
    let character = reading.character(at: end)
    guard character == "-" || character == "转", let number = reading.digits(at: reading.next(end)), number.digits <= 5
    else { return end }
    return number.end
  }

  private static let separators: Characters = "-—–) "

  /// What makes digits a part of a longer number or code.
  private static func joins(_ character: Unicode.Scalar) -> Bool {
    character.isDigit || character.isLatin || ["-", "/", "."].contains(character)
  }

  private static func isUnit(_ character: Unicode.Scalar) -> Bool {
    "元件人次户个项万亿".unicodeScalars.contains(character)
  }
}
