/// Every threshold of the stage that a reader may want to change, in one place.
package struct Limits: Sendable {
  /// The largest input that is read at all, in bytes.
  package var bytes = 32 << 20
  /// Elements inside one another beyond which a page counts as hostile; deeper ones are taken up by the last one.
  package var depth = 512
  /// Seconds that the parse of one page may take.
  package var seconds = 10.0
  /// Seconds and bytes of memory that the program which reads a PDF may take.
  package var attachmentSeconds = 30
  package var attachmentMemory = 2 << 30
  /// Bytes of the text of a PDF, and of a part of a DOCX, at most.
  package var unpacked = 32 << 20
  /// Files in a DOCX at most.
  package var archiveFiles = 10_000

  package init() {}
}
