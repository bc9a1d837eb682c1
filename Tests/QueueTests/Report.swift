import Foundation

/// The object of `status --json`, as far as tests look at it.
struct Report: Decodable, Equatable {
  struct Stage: Decodable, Equatable {
    var pending: Int
    var in_flight: Int
    var workers: Int
    var oldest_seconds: Double
    var rate: Double
    var dead: Int
    var redeliveries: Int
  }

  struct Worker: Decodable, Equatable {
    struct Credit: Decodable, Equatable {
      var messages: Int
      var bytes: Int
    }

    var name: String
    var stage: String
    var jobs: Int
    var credit: Credit
    var heartbeat_seconds: Double
    var rate: Double
  }

  var http: String?
  var accepted: Int
  var pending: Int
  var in_flight: Int
  var done: Int
  var failed: Int
  var dead: Int
  var stages: [String: Stage]
  var workers: [Worker]

  var isFinished: Bool { pending == 0 && in_flight == 0 }

  init(_ json: [UInt8]) throws { self = try JSONDecoder().decode(Report.self, from: Data(json)) }

  /// Whether every accepted document is in exactly one count.
  var isBalanced: Bool { done + failed + dead + pending + in_flight == accepted }
}
