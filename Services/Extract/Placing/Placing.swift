internal import Record

/// Completes `document`: issuer with region, code and level, kind, report year.
func placeDocument(_ record: inout DocumentRecord) {}
