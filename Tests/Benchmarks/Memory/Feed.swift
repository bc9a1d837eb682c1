import Foundation

/// Documents without an end, of which no two are the same.
struct Feed {
  static let batch = 400
  private static let sentences = [
    "2023年，松浦县检查经营主体4105次，比上年增长12.5%，办结率98.2%。\n", "一是培训执法人员312人，其中新进人员46人。\n",
    "（二）公开政府信息1286条，受理群众诉求3507件。\n", "办理行政处罚案件271件，罚没款89.4万元。\n",
  ]
  private let page: String?
  private var number = Int(Date.now.timeIntervalSince1970) * 1000

  init(page: String?) { self.page = page }

  mutating func push(to pipeline: Pipeline) throws {
    let numbers = number..<number + Self.batch
    number += Self.batch
    let lines = numbers.filter { page == nil || $0 % 40 != 1 }.map(line)
    try Data(lines.joined().utf8).write(to: URL(filePath: pipeline.input))
    try pipeline.push("-")
    guard let page else { return }
    try pipeline.push(numbers.filter { $0 % 40 == 1 }.map { "\(page)?\($0)" })
  }

  private func line(_ number: Int) -> String {
    if number % 40 == 0 { return member(number, [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 7, count: 300)) }
    let size = Int(100 * pow(20_000, pow(Double.random(in: 0...1), 6)))
    var text = "第\(number)号工作报告\n"
    while text.utf8.count < size { text += Self.sentences.randomElement() ?? "" }
    guard number % 10 == 1 else { return member(number, Array(text.utf8)) }
    let paragraphs = text.split(separator: "\n").map { "<p>\($0)</p>" }.joined()
    return member(number, Array("<html><head><title>工作报告</title></head><body>\(paragraphs)</body></html>".utf8))
  }

  private func member(_ number: Int, _ bytes: [UInt8]) -> String {
    #"{"uri":"bench-\#(number)","base64":"\#(Data(bytes).base64EncodedString())"}"# + "\n"
  }
}
