package import Record

/// The stage `clean`: layers `source` and `raw` in, `text` and `clean` out.
package struct CleanStage: Stage {
  package let name = "clean"
  private let cleaner = Cleaner()

  package init() {}

  package func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    let source = try Source(input, stage: name)
    return try await cleaner.clean(any: try input.required("raw", stage: name), source: source).cleanLayers
  }
}
