import CLibZip
import Foundation
import TestSupport
import Testing

/// An archive with the given files, packed by libzip.
func archive(_ files: [(name: String, content: [UInt8])]) throws -> [UInt8] {
  let folder = TemporaryFolder()
  let path = folder.path + "/archive.zip"
  let handle = unsafe try #require(unsafe zip_open(path, ZIP_CREATE, nil))
  for (name, content) in files {
    let copy = unsafe try #require(unsafe malloc(max(content.count, 1)))
    unsafe copy.copyMemory(from: content, byteCount: content.count)
    let source = unsafe zip_source_buffer(handle, copy, UInt64(content.count), 1)
    try #require(unsafe zip_file_add(handle, name, source, 0) >= 0)
  }
  try #require(unsafe zip_close(handle) == 0)
  return Array(try Data(contentsOf: URL(filePath: path)))
}

/// A DOCX whose body has the given elements.
///
/// - Parameter parts: further files, `word/numbering.xml`, with what is in their outermost element.
func docx(_ body: String, head: String = "", parts: [String: String] = [:]) throws -> [UInt8] {
  let document = """
    <?xml version="1.0" encoding="UTF-8"?>\(head)
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>\(body)</w:body></w:document>
    """
  let language = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
  return try archive(
    [("[Content_Types].xml", Array("<Types/>".utf8)), ("word/document.xml", Array(document.utf8))]
      + parts.map { ($0.key, Array("<w:part \(language)>\($0.value)</w:part>".utf8)) })
}

/// A paragraph of a DOCX, its words in as many runs as there are.
func run(_ words: String...) -> String {
  "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" + words.map { "<w:r><w:t>\($0)</w:t></w:r>" }.joined()
    + "</w:p>"
}
