internal import Record
private import Text

/// Whose document it is, and which place of the document says so.
struct FoundIssuer {
  let source: String
  let issuer: DocumentFacts.Issuer
}

/// Whose document it is: what each of its places says that names an organ in full, first the one to follow: its title, its
/// byline, the congress that it reports to, its signature, the publisher that the page names; else the division of its title,
/// or the one whose work the text tells, or the county that it speaks of most.
func issuers(of record: DocumentRecord) -> [FoundIssuer] {
  let title = Reading(Array((record.document.title ?? TitleWords(record).words).utf8))
  let text = Reading(record.text.bytes)
  let township = Township(title: title, text: text)
  let sources = IssuerSources(county: township?.county)
  let found = [
    ("title", sources.opening(title) ?? sources.named(title, in: text)), ("byline", sources.byline(text)),
    ("session", sources.session(text)), ("signature", sources.signature(text)),
    ("publisher", sources.publisher(record.document.publisher)),
  ].compactMap { source, issuer in issuer.map { FoundIssuer(source: source, issuer: $0) } }
  if !found.isEmpty { return found }
  guard isReport(record.document.kind) else { return [] }
  let named = [("title", title), ("subject", sources.subject(of: text))].compactMap { source, words in
    division(named: words, in: text).map { FoundIssuer(source: source, issuer: $0) }
  }
  if !named.isEmpty { return named }
  return CountyByUse(text)?.issuer.map { [FoundIssuer(source: "text", issuer: $0)] } ?? []
}

/// The government of the division that the title of a report names, or of the town that it begins with.
private func division(named words: Reading, in text: Reading) -> DocumentFacts.Issuer? {
  let township = Township(title: words, text: text)
  return IssuerSources(county: township?.county).regionOfTitle(words) ?? township?.issuer
}

/// Whether a document reports on a year of a division.
func isReport(_ kind: DocumentFacts.Kind?) -> Bool { kind == .annualReport || kind == .workReport }

/// The name in full; organs of the party and the centre keep the form in which they sign.
func officialForm(_ canonical: String?, _ written: String) -> String {
  guard let canonical, !canonical.hasPrefix("中国共产党"), !canonical.hasPrefix("中华人民共和国") else { return written }
  return canonical
}

/// Says which division an issuer is of.
func place(_ issuer: inout DocumentFacts.Issuer, _ region: RegionReading, _ regions: Regions) {
  issuer.region = regions.canonicalName(of: region.sense)
  issuer.code =
    regions.code(of: region.sense) ?? (region.sense.division.code > 0 ? String(region.sense.division.code) : nil)
  issuer.level = region.sense.form == .township ? .township : region.sense.division.level
}
