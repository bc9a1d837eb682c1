import Foundation

/// How the times of many documents are spread, in milliseconds.
struct Table: CustomStringConvertible {
  private var columns: [(name: String, milliseconds: [Double])]

  init(_ journeys: [Journey]) {
    let total = journeys.map { $0.total / .milliseconds(1) }
    let accept = journeys.map { $0.accept / .milliseconds(1) }
    let names = ["clean", "segment", "extract"].filter { name in journeys.contains { $0.stages[name] != nil } }
    let stages = names.map { name in (name, journeys.map { ($0.stages[name] ?? 0) * 1000 }) }
    let between = journeys.indices.map { place in
      stages.reduce(total[place] - accept[place]) { $0 - $1.1[place] }
    }
    columns = [("accept", accept)] + stages + [("between", between), ("total", total)]
  }

  var description: String {
    let rows = columns.map { name, milliseconds in
      let sorted = milliseconds.sorted()
      let cells = [0.5, 0.9, 0.99, 1].map { share in
        String(format: "%.2f", sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
      }
      return "| \(name) | \(cells.joined(separator: " | ")) |"
    }
    return (["| ms | p50 | p90 | p99 | most |", "| --- | --- | --- | --- | --- |"] + rows).joined(separator: "\n")
  }
}
