/// Functions of strings, of the standard, of cel-go's extensions and of Kubernetes.
enum CELTextFunction: String, CaseIterable, Sendable {
    case contains, endsWith, startsWith, matches
    case charAt, indexOf, lastIndexOf, lowerAscii, upperAscii, replace, split, substring, trim
    case join, format, reverse
    case quote = "strings.quote"
    case find, findAll
    case encodeBase64 = "base64.encode"
    case decodeBase64 = "base64.decode"
    case escapeKey = "jsonpatch.escapeKey"

    /// The function as each library has it.
    var rows: [CELFunction.Row] {
        switch self {
        case .contains, .endsWith, .startsWith: [row(nil, "string.(string) -> bool")]
        case .matches: [row(nil, "(string, string) -> bool", "string.(string) -> bool")]
        case .charAt: [row(.strings, "string.(int) -> string")]
        case .indexOf, .lastIndexOf:
            [
                row(.strings, "string.(string) -> int", "string.(string, int) -> int"),
                row(.kubernetes, "list(A).(A) -> int"),
            ]
        case .lowerAscii, .upperAscii, .trim: [row(.strings, "string.() -> string")]
        case .replace:
            [
                row(
                    .strings, "string.(string, string) -> string",
                    "string.(string, string, int) -> string")
            ]
        case .split:
            [
                row(
                    .strings, "string.(string) -> list(string)",
                    "string.(string, int) -> list(string)")
            ]
        case .substring:
            [row(.strings, "string.(int) -> string", "string.(int, int) -> string")]
        case .join:
            [row(.strings, "list(string).() -> string", "list(string).(string) -> string")]
        case .format: [row(.strings, "string.(list(dyn)) -> string")]
        case .quote: [row(.strings, "(string) -> string")]
        case .reverse:
            [
                row(.stringReverse, "string.() -> string"), row(.lists, "list(A).() -> list(A)"),
            ]
        case .find: [row(.kubernetes, "string.(string) -> string")]
        case .findAll:
            [
                row(
                    .kubernetes, "string.(string) -> list(string)",
                    "string.(string, int) -> list(string)")
            ]
        case .encodeBase64: [row(.encoders, "(bytes) -> string")]
        case .decodeBase64: [row(.encoders, "(string) -> bytes")]
        case .escapeKey: [row(.jsonPatch, "(string) -> string")]
        }
    }

    private func row(_ library: CELLibraries?, _ signatures: String...) -> CELFunction.Row {
        CELFunction.Row(rawValue, .text(self), library, signatures)
    }
}
