import Value

/// Evidence that a script put into the reports with `attach`.
package struct Attachment: Sendable {
    package enum Content: Sendable {
        /// A text as it is.
        case text(String)
        /// Any other value: objects, lists, numbers.
        case value(Value)

        /// As text: values as JSON, indented.
        package var text: String {
            switch self {
            case .text(let text): text
            case .value(let value): JSON.text(value, style: JSONStyle(indent: 2))
            }
        }
    }

    package let name: String
    package let content: Content
    /// Virtual time since time zero.
    package let atMilliseconds: Int64
    package let place: Place

    package init(name: String, content: Content, atMilliseconds: Int64, place: Place) {
        self.name = name
        self.content = content
        self.atMilliseconds = atMilliseconds
        self.place = place
    }
}
