package import Record

/// The stage `segment`: layers `text` and `clean` in, `segment` out.
package struct SegmentStage: Stage {
  package let name = "segment"
  private let segmenter = Segmenter()

  package init() {}

  package func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    var record = try DocumentRecord(input, stage: name)
    segmenter.segment(&record)
    return record.segmentLayers
  }
}
