internal import Record

/// Whose site a page is on, as its META tags state it: SiteName and SiteIDCode of the government sites' standard
/// (国办发〔2017〕47号). The first six of the ten digits are a code of GB/T 2260; ministries have codes in letters.
struct Site {
  var name: String?
  var code: String?

  /// The organ whose site it is; nil where name or code is missing, or the name is not an organ's.
  var issuer: DocumentFacts.Issuer? {
    guard let division, let name, let organ = organ(name) else { return nil }
    var issuer = DocumentFacts.Issuer(name: organ)
    issuer.code = division
    issuer.level = division.hasSuffix("0000") ? .province : division.hasSuffix("00") ? .prefecture : .county
    return issuer
  }

  private var division: String? {
    guard let code, code.utf8.count == 10, code.utf8.allSatisfy({ isDigit(UInt32($0)) }) else { return nil }
    return "11"..."65" ~= code.prefix(2) ? String(code.prefix(6)) : nil
  }

  /// 某某市人民政府门户网站 is 某某市人民政府's.
  private func organ(_ name: String) -> String? {
    var name = name
    for word in ["网站", "门户", "网"] where name.hasSuffix(word) { name.removeLast(word.count) }
    return name.unicodeScalars.last.map { isOrganSuffix($0.value) } == true ? name : nil
  }
}
