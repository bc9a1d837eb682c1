internal import CExtractTables
internal import Lexicon
internal import Record
private import Text

private let table = unsafe Table(table_title_kinds())
private let kinds = table.column("kind").map(DocumentFacts.Kind.init(rawValue:))
private let endings = Endings(table.column("word"))

/// The kind of a document by its title: by the words at the end, but for the reports on the rule of law, which are called
/// by many words; nil where the title does not tell.
func kind(of record: DocumentRecord) -> DocumentFacts.Kind? {
  let title = TitleWords(record).words
  if title.isEmpty { return isDelivered(record) ? .workReport : nil }
  let named = endings.place(of: title).flatMap { kinds[$0] }
  if named == .pressConference || title.contains("新闻发布会") || title.contains("记者会") { return .pressConference }
  if title.hasSuffix("解读") { return .other }
  if named == .plan, title.contains("总结") { return .annualReport }
  let head = String(decoding: record.text.bytes.prefix(600), as: UTF8.self)
  if head.contains("答记者问"), title.contains("有关") || title.contains("就《") { return .pressConference }
  let isOnLaw = ["法治政府", "依法行政", "法治建设", "法治工作", "依法治"].contains { title.contains($0) }
  let reports = ["情况", "报告", "总结", "年报", "白皮书", "述法", "自查"].contains { title.contains($0) }
  if isOnLaw, reports, named != .notice || title.hasSuffix("公告") || title.hasSuffix("公示") { return .annualReport }
  let isSummaryWithPlan = ["总结和", "总结及", "总结与", "总结暨"].contains { title.contains($0) }
  if isSummaryWithPlan, named == nil || named == .plan { return .annualReport }
  if named == nil, title.hasSuffix("报告") { return .annualReport }
  if named == nil, record.sections.count(where: { $0.speaker != nil }) > 1 { return .pressConference }
  if named == nil, ["召开", "举行", "举办", "主持"].contains(where: title.contains) { return .news }
  return named
}

/// Whether a text without a title is a report that a government delivers to its congress.
private func isDelivered(_ record: DocumentRecord) -> Bool {
  let head = String(decoding: record.text.bytes.prefix(900), as: UTF8.self)
  return head.contains("向大会报告工作") || head.contains("向大会报告政府工作") || head.contains("向大会作政府工作报告")
}
