import Support
import Value

/// What is wrong with one field, in the form of apimachinery's field.Error:
/// `spec.replicas: Invalid value: -2: must be greater than or equal to 0`.
package struct FieldError: Error, Hashable, Sendable {
    /// The kinds of trouble, with the words that begin a message.
    package enum Reason: String, Hashable, Sendable {
        case notFound = "Not found"
        case required = "Required value"
        case duplicate = "Duplicate value"
        case invalid = "Invalid value"
        case notSupported = "Unsupported value"
        case forbidden = "Forbidden"
        case tooLong = "Too long"
        case tooMany = "Too many"

        /// The machine-readable reason in a Status cause: "FieldValueInvalid".
        package var causeReason: String {
            switch self {
            case .notFound: "FieldValueNotFound"
            case .required: "FieldValueRequired"
            case .duplicate: "FieldValueDuplicate"
            case .invalid: "FieldValueInvalid"
            case .notSupported: "FieldValueNotSupported"
            case .forbidden: "FieldValueForbidden"
            case .tooLong: "FieldValueTooLong"
            case .tooMany: "FieldValueTooMany"
            }
        }
    }

    /// "spec.template.spec.containers[0].image".
    package let path: String
    package let reason: Reason
    /// The offending value as Go prints it; nil where the reason shows none.
    package let shown: String?
    /// What is expected; may be empty.
    package let detail: String

    package init(path: String, reason: Reason, shown: String? = nil, detail: String = "") {
        self.path = path
        self.reason = reason
        self.shown = shown
        self.detail = detail
    }

    /// The message without the path.
    package var body: String {
        var text = reason.rawValue
        if let shown { text += ": " + shown }
        if !detail.isEmpty { text += ": " + detail }
        return text
    }

    /// The whole message. An error of the object itself has the path `<nil>`.
    package var message: String { (path.isEmpty ? "<nil>" : path) + ": " + body }
}

extension FieldError {
    static func required(_ path: ErrorPath, _ detail: String = "") -> FieldError {
        FieldError(path: path.text, reason: .required, detail: detail)
    }
    static func invalid(_ path: ErrorPath, _ value: Value, _ detail: String) -> FieldError {
        FieldError(path: path.text, reason: .invalid, shown: GoSyntax.short(value), detail: detail)
    }
    /// An invalid value whose Go form is not that of plain JSON (a struct, an int-or-string).
    static func invalid(_ path: ErrorPath, json: String, _ detail: String) -> FieldError {
        FieldError(path: path.text, reason: .invalid, shown: json, detail: detail)
    }
    /// A repeated value whose Go form is not that of plain JSON.
    static func duplicate(_ path: ErrorPath, json: String) -> FieldError {
        FieldError(path: path.text, reason: .duplicate, shown: json)
    }
    static func duplicate(_ path: ErrorPath, _ value: Value) -> FieldError {
        FieldError(path: path.text, reason: .duplicate, shown: GoSyntax.short(value))
    }
    /// An invalid value that is too long to be shown (field.OmitValueType).
    static func omitted(_ path: ErrorPath, _ detail: String) -> FieldError {
        FieldError(path: path.text, reason: .invalid, detail: detail)
    }
    static func forbidden(_ path: ErrorPath, _ detail: String) -> FieldError {
        FieldError(path: path.text, reason: .forbidden, detail: detail)
    }
    static func notFound(_ path: ErrorPath, _ value: Value) -> FieldError {
        FieldError(path: path.text, reason: .notFound, shown: GoSyntax.short(value))
    }
    static func notSupported(
        _ path: ErrorPath, _ value: Value, _ supported: [String]
    ) -> FieldError {
        notSupported(path, json: GoSyntax.short(value), supported)
    }
    /// An unsupported value whose Go form is not that of plain JSON.
    static func notSupported(
        _ path: ErrorPath, json: String, _ supported: [String]
    ) -> FieldError {
        let list = supported.map { GoSyntax.quote($0) }.joined(separator: ", ")
        return FieldError(
            path: path.text, reason: .notSupported, shown: json,
            detail: supported.isEmpty ? "" : "supported values: " + list)
    }
    static func tooMany(_ path: ErrorPath, _ count: Int, _ limit: Int) -> FieldError {
        FieldError(
            path: path.text, reason: .tooMany, shown: String(count),
            detail: "must have at most \(limit) items")
    }
    static func tooLong(_ path: ErrorPath, _ limit: Int) -> FieldError {
        FieldError(
            path: path.text, reason: .tooLong, detail: "may not be more than \(limit) bytes")
    }
}

/// A path to a field, as it is built while validating. O(depth) to print, O(1) to extend.
struct ErrorPath: Sendable {
    private indirect enum Step: Sendable {
        case root
        case child(Step, String)
        case index(Step, Int)
        case key(Step, String)
    }

    private let step: Step

    /// The object itself.
    static let root = ErrorPath(step: .root)

    private init(step: Step) { self.step = step }

    /// A path of one field.
    init(_ name: String) { step = .child(.root, name) }

    /// The field `name` of this one.
    func child(_ name: String) -> ErrorPath { ErrorPath(step: .child(step, name)) }
    /// The field `key` of this one.
    func child(_ key: Key) -> ErrorPath { child(key.name) }
    subscript(index: Int) -> ErrorPath { ErrorPath(step: .index(step, index)) }
    /// The entry of a map.
    func key(_ name: String) -> ErrorPath { ErrorPath(step: .key(step, name)) }

    /// `spec.containers[0].resources.limits[cpu]`.
    var text: String { Self.text(step) }

    private static func text(_ step: Step) -> String {
        switch step {
        case .root: return ""
        case .child(let parent, let name):
            let before = text(parent)
            return before.isEmpty ? name : before + "." + name
        case .index(let parent, let index): return text(parent) + "[\(index)]"
        case .key(let parent, let name): return text(parent) + "[\(name)]"
        }
    }
}

/// The object was refused: all that is wrong with it.
package struct InvalidObject: Error, Hashable, Sendable {
    /// "Deployment".
    package let kindName: String
    /// "apps"; empty for the core group.
    package let group: String
    package let name: String
    /// At least one, in the order of validation.
    package let errors: [FieldError]

    package init(kindName: String, group: String, name: String, errors: [FieldError]) {
        self.kindName = kindName
        self.group = group
        self.name = name
        self.errors = errors
    }

    /// A patch whose result cannot be decoded; `problem` is the decoder's or the strict error's text.
    ///
    /// Source: apiserver, handlers/patch.go (applyPatchToObject).
    package static func patch(_ patch: Value, _ problem: String) -> InvalidObject {
        InvalidObject(
            kindName: "", group: "", name: "",
            errors: [
                FieldError(
                    path: "patch", reason: .invalid,
                    shown: GoSyntax.quote(GoSyntax.plain(patch)), detail: problem)
            ])
    }

    /// The messages without repetitions, as aggregates print them.
    private var messages: [String] {
        var seen: Set<String> = []
        return errors.map(\.message).filter { seen.insert($0).inserted }
    }

    /// The API server's words: `Deployment.apps "web" is invalid: …`, several in `[a, b]`.
    package var message: String {
        let kind = group.isEmpty ? kindName : "\(kindName).\(group)"
        let all = messages
        let list = all.count == 1 ? all[0] : "[" + all.joined(separator: ", ") + "]"
        return "\(kind) \(GoSyntax.quote(name)) is invalid: \(list)"
    }

    /// kubectl's words when the error stands alone: `The Deployment "web" is invalid: …`, several on
    /// lines of their own.
    package var kubectlMessage: String {
        let subject =
            kindName.isEmpty && name.isEmpty
            ? "request" : "\(kindName) \(GoSyntax.quote(name))"
        let heading = "The \(subject) is invalid: "
        let all = messages
        if all.count == 1 { return heading + all[0] }
        return heading + "\n" + all.map { "* " + $0 }.joined(separator: "\n")
    }
}
