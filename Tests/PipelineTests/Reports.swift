import Foundation
import TestSupport

/// Documents that a seed decides: reports of mixed size in sentences with numbers, and some that cannot be read.
struct Reports {
  /// Names of those that become records, and of those that become failures.
  private(set) var good: Set<String> = []
  private(set) var bad: Set<String> = []
  private let numbers: Range<Int>
  private let seed: UInt64
  private let largest: Int
  private let skew: Double

  /// - Parameters:
  ///   - first: the number in the name of the first.
  ///   - largest: the bytes of the largest; sizes are spread by their logarithms, from 100 bytes.
  ///   - skew: 1 spreads them evenly; the more, the fewer are large.
  init(from first: Int = 1, _ count: Int, seed: UInt64, largest: Int, skew: Double = 1) {
    (numbers, self.seed, self.largest, self.skew) = (first..<first + count, seed, largest, skew)
    for number in numbers {
      if Self.isPicture(number) { bad.insert(Self.name(number)) } else { good.insert(Self.name(number)) }
    }
  }

  /// What `gongwen push -` reads; made anew each time, because it may be large.
  var input: [UInt8] {
    files.flatMap { name, bytes in
      Array(#"{"uri":"\#(name)","base64":"\#(Data(bytes).base64EncodedString())"}"#.utf8) + [0x0A]
    }
  }

  /// The documents with their names.
  var files: [(name: String, bytes: [UInt8])] {
    var dice = Dice(seed: seed)
    return numbers.map { number in
      guard !Self.isPicture(number) else {
        return (Self.name(number), [0xFF, 0xD8, 0xFF, 0xE0] + (0..<300).map { UInt8(($0 + number) % 251) })
      }
      let size = 100 * pow(Double(largest) / 100, pow(Double.random(in: 0...1, using: &dice), skew))
      return (Self.name(number), Array(Self.text(number, bytes: Int(size), &dice).utf8))
    }
  }

  private static func isPicture(_ number: Int) -> Bool { number % 40 == 0 }

  private static func name(_ number: Int) -> String { "\(isPicture(number) ? "picture" : "report")-\(number).txt" }

  private static let counties = ["松浦县", "青岚县", "临澜市", "河湾区", "榆川市"]
  private static let matters = ["检查经营主体", "办理行政处罚案件", "培训执法人员", "公开政府信息", "受理群众诉求"]
  private static let units = ["次", "件", "人", "条", "万元"]

  /// A report of about so many bytes, or the shortest there is.
  static func text(_ number: Int, bytes: Int, _ dice: inout Dice) -> String {
    let county = counties[dice.roll(counties.count)]
    var text = "\(county)2023年第\(number)号工作报告\n"
    var sentences = 0
    repeat {
      if sentences % 5 == 0 { text += "第\(sentences / 5 + 1)部分\n" }
      let place = dice.roll(matters.count)
      text += "2023年，\(county)\(matters[place])\(1 + dice.roll(9000))\(units[place])，"
      text += "比上年增长\(dice.roll(300)).\(dice.roll(10))%，办结率\(50 + dice.roll(50))%。\n"
      sentences += 1
    } while text.utf8.count < bytes
    return text
  }
}
