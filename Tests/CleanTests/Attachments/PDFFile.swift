/// A PDF of a few pages, made by hand: each line of text stands where the test says.
struct PDFFile {
  struct Text {
    var words: String
    /// Points from the left and from the bottom of an A4 page.
    var x: Int
    var y: Int
  }

  private var objects: [String] = [
    "<< /Type /Catalog /Pages 2 0 R >>", "",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] "
      + "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
      + "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
  ]

  init(_ pages: [[Text]]) {
    var kids: [String] = []
    for page in pages {
      let content = page.map { "BT /F1 16 Tf \($0.x) \($0.y) Td <\(Self.hexadecimal($0.words))> Tj ET\n" }.joined()
      objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)endstream")
      objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
          + "/Contents \(objects.count) 0 R >>")
      kids.append("\(objects.count) 0 R")
    }
    objects[1] = "<< /Type /Pages /Count \(kids.count) /Kids [\(kids.joined(separator: " "))] >>"
  }

  var bytes: [UInt8] {
    var (file, offsets): ([UInt8], [Int]) = (Array("%PDF-1.4\n".utf8), [])
    for (place, object) in objects.enumerated() {
      offsets.append(file.count)
      file += "\(place + 1) 0 obj\n\(object)\nendobj\n".utf8
    }
    let table = file.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8
    for offset in offsets {
      let digits = String(offset)
      file += (String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8
    }
    file += "trailer << /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n".utf8
    return file
  }

  private static func hexadecimal(_ words: String) -> String {
    words.utf16.map { String(0x10000 + Int($0), radix: 16).dropFirst() }.joined()
  }
}
