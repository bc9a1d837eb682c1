import Corpus
import Record
import Testing
import Text

@testable import Extract

/// The report of 英山县 (421124) for 2023, as which all corpora of entities are read.
func reportOfYingshan(_ text: String) -> DocumentRecord {
  var record = DocumentRecord(id: "", source: Source(uri: "corpus"), text: DocumentText(text))
  var issuer = DocumentFacts.Issuer(name: "英山县人民政府")
  issuer.region = "英山县"
  issuer.code = "421124"
  issuer.level = .county
  record.document.issuer = issuer
  record.document.kind = .annualReport
  record.document.reportYear = 2023
  record.document.written = "2024-01-20"
  return record
}

func findings(of entities: [Entity]) -> [Finding] {
  entities.map { entity in
    var keys: [String: String] = ["rule": entity.rule]
    keys["canonical"] = entity.canonical
    keys["code"] = entity.code
    keys["title"] = entity.title
    keys["class"] = entity.documentClass
    keys["version"] = entity.version
    if entity.isDamaged { keys["damaged"] = "true" }
    if entity.isMobile { keys["mobile"] = "true" }
    return Finding(entity.kind.rawValue, entity.span, keys)
  }
}

@Suite struct EntityCorpusTests {
  private static let families = ["Dates", "Documents", "Meetings", "Organs", "Persons", "Phones", "Places"]
  static let cases = families.flatMap { Corpus.cases(in: "Services/Extract/Entities/\($0)/Corpus") }

  @Test(arguments: cases)
  func phrasingGivesItsMentions(_ line: CorpusCase) {
    #expect(line.problems(with: findings(of: findEntities(in: reportOfYingshan(line.text)))) == [])
  }

  @Test(arguments: cases)
  func mentionsStandInOrderAndNeverWithinEachOther(_ line: CorpusCase) {
    let entities = findEntities(in: reportOfYingshan(line.text))
    #expect(zip(entities, entities.dropFirst()).allSatisfy { $0.span.upperBound <= $1.span.lowerBound })
    #expect(entities.allSatisfy { !$0.rule.isEmpty })
  }
}
