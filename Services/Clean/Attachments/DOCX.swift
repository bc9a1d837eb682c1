internal import Record

/// The lines of a DOCX: a paragraph is one, and so is a row of a table, its cells separated by a tab; before a paragraph of a
/// list stands its number, as Word shows it.
///
/// Headers, footers, notes, comments, bullets and what was struck out as a change are not read. Throws `unreadable` and
/// `input_too_large`.
func readDOCX(_ raw: [UInt8], limits: Limits) throws(StageFailure) -> [Line] {
  guard let archive = Archive(raw, limits), let document = try archive.file("word/document.xml") else {
    throw StageFailure(.unreadable, stage: "clean", "The DOCX is damaged: it holds no word/document.xml.")
  }
  let numbering = NumberingReader()
  for name in ["word/styles.xml", "word/numbering.xml"] {
    // A document whose lists are damaged is read without their numbers.
    if let part = try archive.file(name) { try? parse(part, named: name, into: numbering) }
  }
  let reader = DOCXReader(numbering.numbering)
  try parse(document, named: "word/document.xml", into: reader)
  return reader.lines
}
