import Language
import Support
import Value
import YAML

/// A field of a configuration: its value, and where it stands.
struct ConfigurationField {
    let name: String
    private let value: Value
    private let path: FieldPath
    private let document: YAMLDocument
    /// The lines of the file, for values as they were written.
    private let lines: [Substring]
    private let file: String

    /// All that a file holds.
    init(_ document: YAMLDocument, lines: [Substring], file: String) {
        name = ""
        value = document.value
        path = .root
        self.document = document
        self.lines = lines
        self.file = file
    }

    private init(_ parent: ConfigurationField, _ name: String, _ segment: FieldPath.Segment) {
        self.name = name
        path = parent.path.appending(segment)
        document = parent.document
        lines = parent.lines
        file = parent.file
        switch segment {
        case .field(let key): value = parent.value[key]
        case .index(let index): value = parent.value[index]
        case .all, .item: value = .null
        }
    }

    // MARK: Errors

    func error(_ message: String, atKey: Bool = false) -> ConfigurationError {
        let mark =
            (atKey ? document.keyPosition(of: path) : document.position(of: path))
            ?? document.nearestPosition(of: path)
        return ConfigurationError("\(file):\(mark.line):\(mark.column): \(message)")
    }

    private func expected(_ what: String) -> ConfigurationError {
        let found: String =
            switch value {
            case .null: "nothing"
            case .array: "a list"
            case .object: "a map"
            case .bool, .int, .double, .text, .opaque: "\"\(written)\""
            }
        return error("`\(name)` is \(what); found \(found)")
    }

    // MARK: Reading

    /// The fields of a map.
    ///
    /// - Parameter known: the names that there are; nil for any.
    func fields(among known: [String]?) throws(ConfigurationError) -> [ConfigurationField] {
        guard case .object(let object) = value else { throw expected("a map") }
        var fields: [ConfigurationField] = []
        for item in object {
            let name = item.key.name
            let field = ConfigurationField(self, name, .field(item.key))
            if let known, !known.contains(name) {
                let nearest = nearestName(to: name, among: known).map { "did you mean \"\($0)\"?" }
                throw field.error(
                    "there is no key \"\(name)\"; "
                        + (nearest ?? "the keys are \(known.joined(separator: ", "))"), atKey: true)
            }
            fields.append(field)
        }
        return fields
    }

    private var items: [ConfigurationField]? {
        value.array.map { items in
            items.indices.map { ConfigurationField(self, name, .index($0)) }
        }
    }

    /// A scalar as it stands in the file: `1.10` is not 1.1.
    private var written: String {
        guard value.int != nil || value.number != nil,
            let mark = document.position(of: path), lines.indices.contains(mark.line - 1)
        else { return value.scalarText ?? "" }
        let rest = lines[mark.line - 1].dropFirst(mark.column - 1)
        return String(rest.prefix { !" \t,]}#\r".contains($0) })
    }

    func text() throws(ConfigurationError) -> String {
        if value.isNull || value.array != nil { throw expected("a text") }
        if case .object = value { throw expected("a text") }
        return written
    }

    /// A list of texts; one text is a list of one.
    func texts() throws(ConfigurationError) -> [String] {
        guard let items else { return [try text()] }
        var texts: [String] = []
        for item in items { texts.append(try item.text()) }
        return texts
    }

    func integer(from lowest: Int) throws(ConfigurationError) -> Int {
        guard let number = value.int, number >= lowest else {
            throw expected("a whole number from \(lowest) on")
        }
        return number
    }

    func truth() throws(ConfigurationError) -> Bool {
        guard let flag = value.bool else { throw expected("true or false") }
        return flag
    }

    func quantity() throws(ConfigurationError) -> String {
        guard let quantity = try? Quantity(parsing: text()), quantity > .zero else {
            throw expected("a quantity above zero such as 4, 500m or 8Gi")
        }
        return quantity.text
    }

    func duration() throws(ConfigurationError) -> Duration {
        guard let duration = try? Duration(parsing: text(), allowsDays: true),
            duration.milliseconds > 0
        else { throw expected("a duration such as 30s or 2h") }
        return duration
    }

    /// A parameter's value.
    func given() throws(ConfigurationError) -> ParameterValues.Given {
        items == nil ? .text(try text()) : .list(try texts())
    }

    /// A path that counts from the folder of the file.
    func resolved(_ path: String) -> String {
        guard !path.hasPrefix("/"), let cut = file.lastIndex(of: "/") else { return path }
        return file[...cut] + path
    }
}
