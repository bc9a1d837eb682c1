/// A work report of about so many bytes; no two numbers make the same one.
struct Report {
  let uri: String
  let text: String

  private static let headings = ["依法行政情况", "主要指标完成情况", "政务公开情况", "存在的问题和下一步打算"]

  init(number: Int, bytes: Int) {
    uri = "latency-\(number).txt"
    var text = "青岚县人民政府2023年第\(number + 1)号工作报告\n现将有关情况报告如下。\n"
    var sentence = 0
    while text.utf8.count < bytes {
      if sentence % 8 == 0 { text += "（\(sentence / 8 + 1)）\(Self.headings[sentence / 8 % Self.headings.count])\n" }
      text += Self.sentence(sentence, number &* 31 &+ sentence &* 17)
      sentence += 1
    }
    self.text = text
  }

  private static func sentence(_ place: Int, _ seed: Int) -> String {
    let share = "\(50 + seed % 49).\(seed % 10)%"
    return switch place % 8 {
    case 0: "全县完成地区生产总值\(100 + seed % 900).\(seed % 10)亿元，比上年增长\(seed % 12).\(seed % 7)%。\n"
    case 1: "县市场监督管理局检查经营主体\(1000 + seed % 9000)家次，立案\(10 + seed % 300)件。\n"
    case 2: "2023年\(1 + seed % 12)月\(1 + seed % 28)日，县政府常务会议研究了优化营商环境的措施。\n"
    case 3: "受理群众来信来电\(200 + seed % 5000)件，按期办结率\(share)，满意率\(share)。\n"
    case 4: "新建农村道路\(seed % 90).\(seed % 10)公里，投入资金\(100 + seed % 4000)万元，惠及\(2 + seed % 40)个村。\n"
    case 5: "举办培训\(3 + seed % 30)场，参加\(100 + seed % 2000)人次，其中新进人员\(10 + seed % 90)人。\n"
    case 6: "主动公开政府信息\(300 + seed % 3000)条，收到申请\(5 + seed % 80)件，全部按时答复。\n"
    default: "但基层人手仍然不足，部分事项办理时间偏长，需要在明年的工作中加以改进。\n"
    }
  }
}
