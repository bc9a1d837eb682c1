internal import Clean
internal import Extract
internal import Record
internal import Segment
internal import Text

/// A document with all that was found in it and the rules that found it, which a record does not hold.
struct Explanation {
  let record: DocumentRecord

  /// Runs the stages over a document; their failure is thrown.
  init(_ document: InputDocument) async throws(StageFailure) {
    var layers = document.layers
    layers.append(try await CleanStage().process(layers, StageContext()))
    layers.append(try await SegmentStage().process(layers, StageContext()))
    var record = try DocumentRecord(layers, stage: "extract")
    Extractor().extract(&record)
    self.record = record
  }

  /// A piece of the text that is shown as one line, with what starts in it.
  struct Unit: Equatable {
    var span: Range<Int>
    var sections: [Int] = []
    var entities: [Int] = []
    var metrics: [Int] = []
  }

  /// The text cut at the ends of lines and sentences, blank pieces left out.
  var units: [Unit] {
    var units = spans.map { Unit(span: $0) }
    place(record.sections.map(\.span.lowerBound), in: &units) { $0.sections.append($1) }
    place(record.entities.map(\.span.lowerBound), in: &units) { $0.entities.append($1) }
    place(record.metrics.map(\.span.lowerBound), in: &units) { $0.metrics.append($1) }
    return units
  }

  private var spans: [Range<Int>] {
    let bytes = record.text.bytes
    var cuts = Set(record.sentences.flatMap { [$0.span.lowerBound, $0.span.upperBound] })
    cuts.formUnion([0, bytes.count])
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { cuts.formUnion([place, place + 1]) }
    let sorted = cuts.sorted()
    return zip(sorted, sorted.dropFirst()).map { $0..<$1 }.filter { span in
      bytes[span].contains { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: " ") }
    }
  }

  /// Gives each item, by its start and in their order, to the last unit that starts at or before it.
  private func place(_ starts: [Int], in units: inout [Unit], _ add: (inout Unit, Int) -> Void) {
    for (item, start) in starts.enumerated() {
      var (low, high) = (0, units.count)
      while low < high {
        let middle = (low + high) / 2
        if units[middle].span.lowerBound <= start { low = middle + 1 } else { high = middle }
      }
      if low > 0 { add(&units[low - 1], item) }
    }
  }

  /// The record, and the rule behind each entity and metric by its id.
  var json: [UInt8] {
    var json = JSONWriter()
    let run = RunFacts(processedAt: timestampNow(), seconds: [], attempts: 1)
    json.object { json in
      json.key("record")
      json.raw(record.line(run: run))
      json.key("rules")
      json.object { json in
        for (place, entity) in record.entities.enumerated() { json.member("e\(place + 1)", entity.rule) }
        for (place, metric) in record.metrics.enumerated() { json.member("m\(place + 1)", metric.rule) }
      }
    }
    return json.bytes
  }
}
