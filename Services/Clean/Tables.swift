internal import CCleanTables
internal import Lexicon

extension Table {
  /// A table that is compiled into the program, by the function that gives it: `Table(clean_table_labels())`.
  init(_ embedded: clean_table) {
    unsafe self.init(UnsafeRawBufferPointer(start: embedded.bytes, count: embedded.count))
  }
}
