private import FoundationEssentials
private import Text

extension DocumentRecord {
  /// The layers that clean adds: `text`, and `clean` with the members `id`, `source`, `document`, `chrome`, `diagnostics`.
  package var cleanLayers: Layers {
    var json = JSONWriter()
    json.object {
      $0.member("id", id)
      writeSource(&$0)
      writeDocument(&$0)
      writeChrome(&$0)
      writeDiagnostics(&$0)
    }
    var layers = Layers()
    layers.append("text", text.bytes)
    layers.append("clean", json.bytes)
    return layers
  }

  /// The layer that segment adds, with the members `sections`, `sentences` and all `diagnostics` so far.
  package var segmentLayers: Layers {
    var json = JSONWriter()
    json.object {
      writeSections(&$0)
      writeSentences(&$0)
      writeDiagnostics(&$0)
    }
    var layers = Layers()
    layers.append("segment", json.bytes)
    return layers
  }

  /// The record as the layers before `stage` have it.
  package init(_ layers: Layers, stage: String) throws(StageFailure) {
    let text = DocumentText(try layers.required("text", stage: stage))
    let clean = try decode(CleanLayer.self, "clean", layers, stage)
    self.init(id: clean.id, source: clean.source.value, text: text)
    document = clean.document.value
    chrome = clean.chrome.map { Chrome($0.text, Chrome.Reason(rawValue: $0.reason) ?? .other) }
    diagnostics = clean.diagnostics.map(\.value)
    guard layers["segment"] != nil else { return }
    let segment = try decode(SegmentLayer.self, "segment", layers, stage)
    sections = segment.sections.map { $0.value(in: text) }
    sentences = segment.sentences.map {
      Sentence(range($0.start, $0.end, in: text), section: $0.section.flatMap(place))
    }
    diagnostics = segment.diagnostics.map(\.value)
  }
}

extension Source {
  /// The source as a `source` layer states it.
  package init(_ layers: Layers, stage: String) throws(StageFailure) {
    self = try decode(SourceLayer.self, "source", layers, stage).value
  }

  /// The source as a layer.
  package var layer: [UInt8] {
    var json = JSONWriter()
    json.object {
      writeMembers(&$0)
      if !diagnostics.isEmpty { $0.member("diagnostics", diagnostics) { $1.write(&$0) } }
    }
    return json.bytes
  }
}

private func decode<Layer: Decodable>(
  _ type: Layer.Type, _ name: String, _ layers: Layers, _ stage: String
) throws(StageFailure) -> Layer {
  let bytes = try layers.required(name, stage: stage)
  do {
    return try JSONDecoder().decode(type, from: Data(bytes))
  } catch {
    throw StageFailure(.malformedLayer, stage: stage, "The layer '\(name)' is not what its stage promises: \(error)")
  }
}

/// The place in its list of an item with the given id: `s3` is the place 2.
private func place(_ id: String) -> Int? { Int(id.dropFirst()).map { $0 - 1 } }

private func range(_ start: Int, _ end: Int, in text: DocumentText) -> Range<Int> {
  let low = text.byte(atCodePoint: start)
  return low..<max(low, text.byte(atCodePoint: end))
}

private struct CleanLayer: Decodable {
  var id: String
  var source: SourceLayer
  var document: DocumentLayer
  var chrome: [ChromeItem]
  var diagnostics: [DiagnosticItem]
}

private struct SegmentLayer: Decodable {
  var sections: [SectionItem]
  var sentences: [SentenceItem]
  var diagnostics: [DiagnosticItem]
}

private struct ChromeItem: Decodable {
  var text: String
  var reason: String
}

private struct SentenceItem: Decodable {
  var start: Int
  var end: Int
  var section: String?
}

private struct DiagnosticItem: Decodable {
  var stage: String
  var code: String
  var message: String
  var value: Diagnostic { Diagnostic(stage: stage, code: code, message: message) }
}

private struct SectionItem: Decodable {
  var parent: String?
  var level: Int
  var label: String
  var number: Int?
  var heading: String
  var start: Int
  var end: Int
  var speaker: String?

  func value(in text: DocumentText) -> Section {
    var section = Section(level: level, label: label, heading: heading, span: range(start, end, in: text))
    section.parent = parent.flatMap(place)
    section.number = number
    section.speaker = speaker
    return section
  }
}

private struct SourceLayer: Decodable {
  var uri: String
  var media_type: String?
  var charset: String?
  var bytes: Int?
  var sha256: String?
  var final_uri: String?
  var status: Int?
  var etag: String?
  var last_modified: String?
  var diagnostics: [DiagnosticItem]?

  var value: Source {
    var source = Source(uri: uri)
    source.diagnostics = diagnostics?.map(\.value) ?? []
    source.mediaType = media_type
    source.charset = charset
    source.bytes = bytes
    source.sha256 = sha256
    source.finalURI = final_uri
    source.status = status
    source.etag = etag
    source.lastModified = last_modified
    return source
  }
}

private struct DocumentLayer: Decodable {
  struct IssuerLayer: Decodable {
    var name: String
    var region: String?
    var code: String?
    var level: String?
  }

  var title: String?
  var kind: String?
  var issuer: IssuerLayer?
  var report_year: Int?
  var published: String?
  var written: String?
  var document_number: String?
  var index_number: String?
  var validity: String?
  var disclosure: String?
  var category: String?
  var publisher: String?
  var source: String?
  var reporters: [String]?
  var editors: [String]?
  var views: Int?

  var value: DocumentFacts {
    var facts = DocumentFacts()
    facts.title = title
    facts.kind = kind.flatMap(DocumentFacts.Kind.init)
    facts.issuer = issuer.map {
      var issuer = DocumentFacts.Issuer(name: $0.name)
      issuer.region = $0.region
      issuer.code = $0.code
      issuer.level = $0.level.flatMap(DocumentFacts.Issuer.Level.init)
      return issuer
    }
    facts.reportYear = report_year
    facts.published = published
    facts.written = written
    facts.documentNumber = document_number
    facts.indexNumber = index_number
    facts.validity = validity
    facts.disclosure = disclosure
    facts.category = category
    facts.publisher = publisher
    facts.source = source
    facts.reporters = reporters ?? []
    facts.editors = editors ?? []
    facts.views = views
    return facts
  }
}
