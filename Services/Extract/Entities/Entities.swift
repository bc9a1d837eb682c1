internal import Record

/// The mentions in a document, in order, not nested.
func findEntities(in record: DocumentRecord) -> [Entity] { [] }
