/// Why a JSON patch could not be read or applied. The words are those of the library that the API
/// server uses (evanphx/json-patch), which it logs and hands on as the cause.
public enum JSONPatchError: Error, Equatable, Sendable {
    /// The patch is no list of maps.
    case notAPatch(typeName: String)
    /// An operation has no `path`, `from` or `value`, or one of a wrong kind.
    case missingMember(operation: String, member: String)
    case unexpectedKind(String)
    /// The parent of the place does not exist.
    case missingParent(operation: String, path: String, isSource: Bool)
    /// The place itself does not exist.
    case missingPlace(operation: String, path: String)
    case badIndex(operation: String, path: String, token: String)
    case indexOutOfRange(operation: String, path: String, index: Int)
    case testFailed(path: String)
    case copySize(Int, limit: Int)

    /// Whether an operation "test" found something else.
    public var isFailedTest: Bool {
        if case .testFailed = self { return true }
        return false
    }

    /// The error in the library's words.
    public var message: String {
        switch self {
        case .notAPatch(let typeName):
            "json: cannot unmarshal \(typeName) into Go value of type jsonpatch.Patch"
        case .missingMember(let operation, let member):
            "\(operation) operation failed to decode \(member): missing value"
        case .unexpectedKind(let kind): "Unexpected kind: \(kind)"
        case .missingParent(let operation, let path, let isSource):
            switch operation {
            case "add", "remove":
                "\(operation) operation does not apply: doc is missing path: \"\(path)\": "
                    + "missing value"
            case "move", "copy":
                "\(operation) operation does not apply: doc is missing "
                    + "\(isSource ? "from" : "destination") path: \(path): missing value"
            default:
                "\(operation) operation does not apply: doc is missing path: \(path): missing value"
            }
        case .missingPlace(let operation, let path):
            switch operation {
            case "replace":
                "replace operation does not apply: doc is missing key: \(path): missing value"
            case "remove":
                "error in remove for path: '\(path)': Unable to remove nonexistent key: "
                    + "\(Self.lastToken(of: path)): missing value"
            default:
                "error in \(operation) for path: '\(path)': missing value"
            }
        case .badIndex(let operation, let path, let token):
            "error in \(operation) for path: '\(path)': value was not a proper array index: "
                + "'\(token)': strconv.Atoi: parsing \(JSON.text(Value(token))): invalid syntax"
        case .indexOutOfRange(let operation, let path, let index):
            "error in \(operation) for path: '\(path)': Unable to access invalid index: \(index): "
                + "invalid index referenced"
        case .copySize(let size, let limit):
            "Unable to complete the copy, the accumulated size increase of copy is \(size), "
                + "exceeding the limit \(limit)"
        case .testFailed(let path): "testing value \(path) failed: test failed"
        }
    }

    private static func lastToken(of path: String) -> String {
        JSONPointer(parsing: path)?.tokens.last ?? ""
    }
}
