import Support
import Value

/// What `-o` asks for, apart from tables.
package enum OutputFormat: Sendable {
    case json
    case yaml
    case kyaml
    case name
    case jsonPath(JSONPathTemplate, asJSON: Bool)
    case customColumns(CustomColumns)
    case goTemplate(GoTemplate)

    /// Which formats a command knows.
    package enum Family: Sendable {
        /// `get`, which prints tables too.
        case get
        /// Commands that change something and print the result.
        case change

        var allowed: String {
            let columns = self == .get ? "custom-columns,custom-columns-file," : ""
            let wide = self == .get ? "wide," : ""
            return "\(columns)go-template,go-template-file,json,jsonpath,jsonpath-as-json,"
                + "jsonpath-file,kyaml,name,template,templatefile,\(wide)yaml"
        }
    }

    /// What goes with `-o`.
    package struct Options: Sendable {
        /// `--template`.
        package var template: String?
        /// `--no-headers`, for custom columns.
        package var omitsHeaders: Bool
        /// `--allow-missing-template-keys`.
        package var allowsMissingKeys: Bool
        package var family: Family

        package init(
            template: String? = nil, omitsHeaders: Bool = false, allowsMissingKeys: Bool = true,
            family: Family = .get
        ) {
            self.template = template
            self.omitsHeaders = omitsHeaders
            self.allowsMissingKeys = allowsMissingKeys
            self.family = family
        }
    }

    /// Reads the argument of `-o`.
    /// - Parameters:
    ///   - readFile: answers a file's text; its error is Go's (`open x: no such file or directory`).
    /// - Returns: the format; nil where a table or the command's own message is asked for (no
    ///   argument, `wide`).
    package static func parse(
        _ argument: String, options: Options = Options(),
        readFile: (String) throws(FormatError) -> String
    ) throws(FormatError) -> OutputFormat? {
        let template = options.template ?? ""
        if argument.isEmpty {
            if template.isEmpty { return nil }
            return .goTemplate(
                try GoTemplate(template, allowsMissingKeys: options.allowsMissingKeys))
        }
        switch argument.lowercased() {
        case "json": return .json
        case "yaml": return .yaml
        case "kyaml": return .kyaml
        case "name": return .name
        case "wide" where options.family == .get: return nil
        default: break
        }
        var name = argument
        var value = template
        if let mark = argument.firstIndex(of: "=") {
            name = String(argument[..<mark])
            if template.isEmpty { value = String(argument[argument.index(after: mark)...]) }
        }
        return try parse(name, value, options, argument: argument, readFile)
    }

    private static func parse(
        _ name: String, _ value: String, _ options: Options, argument: String,
        _ readFile: (String) throws(FormatError) -> String
    ) throws(FormatError) -> OutputFormat {
        switch name {
        case "jsonpath", "jsonpath-as-json", "jsonpath-file":
            let text = try template(value, isFile: name == "jsonpath-file", readFile)
            return .jsonPath(
                try JSONPathTemplate(text, allowsMissingKeys: options.allowsMissingKeys),
                asJSON: name == "jsonpath-as-json")
        case "go-template", "template", "go-template-file", "templatefile":
            let text = try template(value, isFile: name.hasSuffix("file"), readFile)
            return .goTemplate(try GoTemplate(text, allowsMissingKeys: options.allowsMissingKeys))
        case "custom-columns", "custom-columns-file":
            guard options.family == .get else { break }
            guard !value.isEmpty else {
                throw FormatError("custom-columns format specified but no custom columns given")
            }
            guard name == "custom-columns-file" else {
                return .customColumns(
                    try CustomColumns(value, omitsHeaders: options.omitsHeaders))
            }
            let text: String
            do throws(FormatError) {
                text = try readFile(value)
            } catch {
                throw FormatError("error reading template \(value), \(error.message)\n")
            }
            return .customColumns(
                try CustomColumns(file: text, omitsHeaders: options.omitsHeaders))
        default: break
        }
        throw FormatError(
            "unable to match a printer suitable for the output format "
                + "\(GoSyntax.quoted(argument)), allowed formats are: \(options.family.allowed)")
    }

    private static func template(
        _ value: String, isFile: Bool, _ readFile: (String) throws(FormatError) -> String
    ) throws(FormatError) -> String {
        guard !value.isEmpty else {
            throw FormatError("template format specified but no template given")
        }
        guard isFile else { return value }
        do throws(FormatError) {
            return try readFile(value)
        } catch {
            throw FormatError("error reading --template \(value), \(error.message)\n")
        }
    }
}
