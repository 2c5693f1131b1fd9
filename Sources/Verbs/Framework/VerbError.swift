import API
import Model
import Value

/// Why a verb did not do what it was asked, with the words kubectl has for it.
package enum VerbError: Error {
    /// `error: message`.
    case message(String)
    /// `error: message` with a line that points to help.
    case usage(String, help: String)
    /// `error: message` with a line that points to help: the command line did not parse.
    case flags(String, help: String)
    /// A text printed as it is, without prefix.
    case plain(String)
    /// Help that was asked for, or that a group of verbs gives when it is called alone (code 1).
    case help(String, code: Int32 = 0)
    /// The API refused: `Error from server (NotFound): …`.
    case api(APIError, KindDescriptor?)
    /// As ``api(_:_:)`` with what was being done: `error when creating "web.yaml": …`.
    case apiWhile(String, APIError, KindDescriptor?)
    /// Several errors, each on lines of its own.
    case several([VerbError])
    /// The verb has printed all there is to say and ends with this code.
    case exit(Int32)

    /// What goes to standard error, with a final newline; empty where there is nothing to say.
    package var text: String {
        switch self {
        case .message(let text):
            let end = text.hasSuffix("\n") ? "" : "\n"
            return (text.hasPrefix("error: ") ? text : "error: \(text)") + end
        case .usage(let text, let help): return "error: \(text)\n\(help)\n"
        case .flags(let text, let help): return "error: \(text)\n\(help)\n"
        case .plain(let text): return text.hasSuffix("\n") ? text : text + "\n"
        case .help, .exit: return ""
        case .api(let error, let info): return Self.serverText(error, info, prefix: "")
        case .apiWhile(let doing, let error, let info):
            return Self.serverText(error, info, prefix: doing + ": ")
        case .several(let errors):
            return errors.count == 1 ? errors[0].text : errors.map(\.textAmongOthers).joined()
        }
    }

    /// The code the command ends with; nil where the verb's own code of failure is meant.
    var exitCode: Int32? {
        switch self {
        case .help(_, let code), .exit(let code): code
        case .message, .usage, .flags, .plain, .api, .apiWhile, .several: nil
        }
    }

    /// The words alone, as Go's `%v` prints an error.
    var plainText: String {
        switch self {
        case .message(let text), .usage(let text, _), .flags(let text, _), .plain(let text): text
        case .api(let error, _): error.message
        case .apiWhile(let doing, let error, _): "\(doing): \(error.message)"
        case .several(let errors): Self.aggregated(errors)
        case .help, .exit: ""
        }
    }

    /// Several errors in one line, each text once, as Go's aggregates print.
    private static func aggregated(_ errors: [VerbError]) -> String {
        var texts: [String] = []
        for error in errors.flatMap(\.parts) where !texts.contains(error.plainText) {
            texts.append(error.plainText)
        }
        return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }

    /// The single errors that it consists of.
    private var parts: [VerbError] {
        if case .several(let errors) = self { errors.flatMap(\.parts) } else { [self] }
    }

    /// What is left of it when missing objects are no errors; nil where nothing is.
    var ignoringNotFound: VerbError? {
        guard case .several(let errors) = self else { return isNotFound ? nil : self }
        let left = errors.compactMap(\.ignoringNotFound)
        return left.isEmpty ? nil : .several(left)
    }

    /// Whether the API says that an object does not exist.
    var isNotFound: Bool {
        switch self {
        case .api(let error, _), .apiWhile(_, let error, _): error.isNotFound
        default: false
        }
    }

    /// The text where several errors are printed: invalid objects are then told as any other, errors of
    /// kubectl itself have no prefix, and several at once are one line.
    private var textAmongOthers: String {
        switch self {
        case .message(let text): "\(text)\n"
        case .api(let error, _): Self.plainServerText(error, prefix: "")
        case .apiWhile(let doing, let error, _): Self.plainServerText(error, prefix: doing + ": ")
        case .several: plainText + "\n"
        default: text
        }
    }

    /// Source: kubectl's cmdutil.StandardErrorMessage and checkErr.
    private static func serverText(
        _ error: APIError, _ info: KindDescriptor?, prefix: String
    ) -> String {
        if error.reason == .invalid {
            if error.name.isEmpty, error.causes.isEmpty {
                return "The request is invalid: \(error.message)\n"
            }
            let kind = error.detailKind ?? (error.kind == nil ? "" : info?.name ?? "")
            let head =
                kind.isEmpty
                ? "The request is invalid" : "The \(kind) \"\(error.name)\" is invalid"
            if error.causes.isEmpty { return "\(head)\n" }
            var seen: Set<String> = []
            let lines = error.causes.map { "\($0.field): \($0.message)" }
                .filter { seen.insert($0).inserted }
            if lines.count == 1 { return "\(head): \(lines[0])\n" }
            return "\(head): \n" + lines.map { "* \($0)\n" }.joined()
        }
        return plainServerText(error, prefix: prefix)
    }

    private static func plainServerText(_ error: APIError, prefix: String) -> String {
        let reason = error.reason == .unstated ? "" : " (\(error.reason.rawValue))"
        return "Error from server\(reason): \(prefix)\(error.message)\n"
    }
}

extension VerbError {
    /// What kubectl says when flags are missing that the verb cannot do without.
    static func missingFlags(_ names: [String]) -> VerbError {
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        return .message("required flag(s) \(list) not set")
    }
}

extension ClusterError {
    /// What went wrong in the world itself.
    package var message: String {
        switch self {
        case .tooManyEvents(let instant, let limit, let component):
            "more than \(limit) events at the instant \(instant) ms of virtual time, the last of "
                + "\(component): components keep each other busy"
        case .interrupted: "interrupted"
        case .tooManyObjects(let limit, let count, let plural, let component):
            "more than \(limit) objects, \(count) of them \(plural), the last by \(component): a world "
                + "holds no more"
        case .tooManyPods(let limit, let wanted, let name):
            "\(name) asks for \(wanted) pods: a world holds no more than \(limit) objects"
        case .endOfTime(let limit):
            "a world lasts at most \(limit / 3_600_000)h of virtual time"
        }
    }
}
