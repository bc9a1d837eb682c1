/// Every threshold of the stage that a reader may want to change, in one place.
package struct Limits: Sendable {
  /// The largest input that is read at all, in bytes.
  package var bytes = 32 << 20
  /// Elements inside one another beyond which a page counts as hostile; deeper ones are taken up by the last one.
  package var depth = 512
  /// Seconds that the parse of one page may take.
  package var seconds = 10.0

  package init() {}
}
