internal import CExtractTables
internal import Lexicon

extension Table {
  /// A table that is compiled into the program, by the function that gives it: `Table(table_units())`.
  init(_ embedded: embedded_table) {
    unsafe self.init(UnsafeRawBufferPointer(start: embedded.bytes, count: embedded.count))
  }
}
