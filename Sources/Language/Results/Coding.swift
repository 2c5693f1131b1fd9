import Support
import Syntax
import Value

// Results travel from the process that ran a script to the one that reports of it.

extension Place: Codable {
    private enum CodingKeys: CodingKey {
        case source, span
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            source: try container.decode(SourceReference.self, forKey: .source).source,
            span: try container.decode(SourceSpan.self, forKey: .span))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(SourceReference(source), forKey: .source)
        try container.encode(span, forKey: .span)
    }
}

/// As much of a value as a report shows: a list of all pods of a large cluster is sent as their names.
extension Value: Codable {
    /// What was sent, as far as reports show it.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        self = SentValue.received(try JSON.parse(text))
    }

    /// Sends it as a text of JSON.
    public func encode(to encoder: any Encoder) throws {
        var sent = SentValue()
        var container = encoder.singleValueContainer()
        try container.encode(JSON.text(sent.sent(self)))
    }
}

/// Makes plain JSON of a value, and a value that shows the same of it.
private struct SentValue {
    /// The field of the object that stands for a value of scripts only; no field of a script's map
    /// begins with this character.
    private static let marker = Key("\u{0}text")
    private static let typeMarker = Key("\u{0}type")

    /// How many values are still sent whole.
    private var room = 500_000

    mutating func sent(_ value: Value) -> Value {
        room -= 1
        switch value {
        case .null, .bool, .int, .text: return value
        case .double(let number):
            // JSON has no infinity, and a whole number would come back as an integer.
            return room < 0
                ? .null : opaque(text: number.jsonText, type: "number")
        case .array(let items): return .array(items.map { sent($0) })
        case .object(let object):
            if room < 0, let kind = value[.kind].string, let name = value[.metadata][.name].string {
                let metadata = Object(fields: [(Key.name, Value(name))])
                return .object(
                    Object(fields: [(.kind, Value(kind)), (.metadata, .object(metadata))]))
            }
            if room < 0 { return .null }
            return .object(Object(fields: object.map { ($0.key, sent($0.value)) }))
        case .opaque(let quantity as QuantityValue) where quantity.written != nil:
            return Value(quantity.written?.string)
        case .opaque(let absent as AbsentObject):
            return opaque(text: "\(absent.query.text) (does not exist)", type: absent.typeName)
        case .opaque(let other):
            return opaque(text: other.text, type: other.typeName)
        }
    }

    private func opaque(text: String?, type: String) -> Value {
        .object(
            Object(fields: [
                (Self.marker, Value(text)), (Self.typeMarker, Value(type)),
            ]))
    }

    static func received(_ value: Value) -> Value {
        switch value {
        case .null, .bool, .int, .double, .text, .opaque: return value
        case .array(let items): return .array(items.map(received))
        case .object(let object):
            if let type = object[typeMarker].string {
                let text = object[marker].string
                if type == "number", let number = text.flatMap(Double.init) {
                    return .double(number)
                }
                return .opaque(ReceivedValue(text: text, typeName: type))
            }
            return .object(Object(fields: object.map { ($0.key, received($0.value)) }))
        }
    }
}

/// A value of a script that ran elsewhere: what reports show of it.
///
/// `@unchecked`: a subclass of an open class cannot be checked; this one never changes.
final class ReceivedValue: OpaqueValue, @unchecked Sendable {
    private let shown: String?
    private let type: String

    init(text: String?, typeName: String) {
        shown = text
        type = typeName
    }

    override var typeName: String { type }
    override var text: String? { shown }

    override func isEqual(to other: OpaqueValue) -> Bool {
        guard let other = other as? ReceivedValue else { return false }
        return other.shown == shown && other.type == type
    }
}
