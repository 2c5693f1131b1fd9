import Model
import Printers
import Support
import Value
import YAML

/// What the file of `edit` consists of: why it is opened again, then the objects.
///
/// Source of rules and texts: kubectl's cmd/util/editor, editoptions.go.
enum EditedText {
    /// Why a file is opened again.
    struct Reason {
        var head: String
        var causes: [String] = []
    }

    /// The comment on top of a file.
    static func header(_ reasons: [Reason], isLastApplied: Bool) -> String {
        var text =
            isLastApplied
            ? """
            # Please edit the 'last-applied-configuration' annotations below.
            # Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
            #

            """
            : """
            # Please edit the object below. Lines beginning with a '#' will be ignored,
            # and an empty file will abort the edit. If an error occurs while saving this file will be
            # reopened with the relevant failures.
            #

            """
        for reason in reasons {
            text += "# \(commented(reason.head))\(reason.causes.isEmpty ? "" : ":")\n"
            for cause in reason.causes { text += "# * \(commented(cause))\n" }
            text += "#\n"
        }
        return text
    }

    /// A text of several lines, of which each but the first gets a `#`.
    private static func commented(_ text: String) -> String {
        var result = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { result += line.hasPrefix("#") ? "\n" : "\n# " }
            result += line
        }
        return result
    }

    /// The objects as they are edited: one as it is, several as a List.
    static func body(_ objects: [Value], isJSON: Bool) -> String {
        let value: Value =
            objects.count == 1
            ? objects[0]
            : [
                .apiVersion: "v1", .items: .array(objects), .kind: "List",
                .metadata: .emptyObject,
            ]
        return isJSON ? JSON.text(value, style: .kubectl) + "\n" : YAMLPrinter.text(value)
    }

    /// The text without lines that are comments.
    static func withoutComments(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.filter { line in
            let start = line.drop(while: \.isWhitespace)
            return !start.hasPrefix("#") || start.hasPrefix("#!")
        }.joined(separator: "\n")
    }

    /// Whether there is anything but blanks and comments.
    static func isEmpty(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).allSatisfy { line in
            let start = line.drop(while: \.isWhitespace)
            return start.isEmpty || start.hasPrefix("#")
        }
    }

    /// The content by which two files are the same: that of the first document where it is YAML, the lines
    /// without comments where it is not.
    static func content(_ text: String) -> Content {
        let stream = YAML.read(text)
        if let error = stream.error { return .broken(withoutComments(text), error) }
        return .value(stream.documents.first?.value ?? .null)
    }

    enum Content: Equatable {
        case value(Value)
        case broken(String, YAMLError)

        /// Places in an error depend on comments, which do not count.
        static func == (left: Content, right: Content) -> Bool {
            switch (left, right) {
            case (.value(let one), .value(let other)): one == other
            case (.broken(let one, _), .broken(let other, _)): one == other
            default: false
            }
        }
    }
}
