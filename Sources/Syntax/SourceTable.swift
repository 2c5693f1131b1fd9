/// The sources that results point into while they travel between processes: each is sent once, and a
/// place names its source by a number.
///
/// Whoever encodes or decodes results puts a table into `userInfo` under ``key``.
package final class SourceTable {
    /// Where encoders and decoders find the table.
    package static let key = CodingUserInfoKey(rawValue: "drydock.sources")!

    private var sources: [Source] = []
    private var numbers: [ObjectIdentifier: Int] = [:]
    /// Told of each source that is named for the first time, before whatever names it is complete.
    private let added: (Source) -> Void

    package init(added: @escaping (Source) -> Void = { _ in }) { self.added = added }

    /// Takes a source under the next number.
    package func append(_ source: Source) {
        numbers[ObjectIdentifier(source)] = sources.count
        sources.append(source)
    }

    fileprivate func number(of source: Source) -> Int {
        if let number = numbers[ObjectIdentifier(source)] { return number }
        append(source)
        added(source)
        return sources.count - 1
    }

    fileprivate func source(_ number: Int) -> Source? {
        sources.indices.contains(number) ? sources[number] : nil
    }
}

/// A source as a number in the table of whoever encodes or decodes.
package struct SourceReference: Codable {
    package let source: Source

    package init(_ source: Source) { self.source = source }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let number = try container.decode(Int.self)
        let table = decoder.userInfo[SourceTable.key] as? SourceTable
        guard let source = table?.source(number) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "there is no source \(number)")
        }
        self.source = source
    }

    package func encode(to encoder: any Encoder) throws {
        guard let table = encoder.userInfo[SourceTable.key] as? SourceTable else {
            throw EncodingError.invalidValue(
                source.name,
                EncodingError.Context(codingPath: [], debugDescription: "no table of sources"))
        }
        var container = encoder.singleValueContainer()
        try container.encode(table.number(of: source))
    }
}

extension Diagnostic: Codable {
    private enum CodingKeys: CodingKey {
        case source, span, text
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(DiagnosticText.self, forKey: .text),
            at: try container.decode(SourceSpan.self, forKey: .span),
            in: try container.decode(SourceReference.self, forKey: .source).source)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(SourceReference(source), forKey: .source)
        try container.encode(span, forKey: .span)
        try container.encode(text, forKey: .text)
    }
}
