import CEL
import Model
import Patterns
import Value

/// The formats of strings that schemas can ask for (kube-openapi `validation/strfmt`). Others are not
/// heeded, as upstream does.
enum SchemaFormat {
    /// The format, where values are held to it; else the empty text.
    static func supported(_ format: String, type: String) -> String {
        switch type {
        case "integer": ["int32", "int64"].contains(format) ? format : ""
        case "number": ["float", "double"].contains(format) ? format : ""
        case "", "string": known.contains(plain(format)) ? format : ""
        default: ""
        }
    }

    private static func plain(_ format: String) -> String { format.filter { $0 != "-" } }

    private static let known: Set<String> = [
        "bsonobjectid", "uri", "email", "hostname", "ipv4", "ipv6", "cidr", "mac", "uuid", "uuid3",
        "uuid4", "uuid5", "isbn", "isbn10", "isbn13", "creditcard", "ssn", "hexcolor", "rgbcolor",
        "byte", "password", "date", "duration", "datetime", "k8sshortname", "k8slongname",
    ]

    static func fits(_ text: String, _ format: String) -> Bool {
        switch plain(format) {
        case "uri": CELReading.isURL(text)
        case "ipv4": CELReading.isIP(text) && !text.contains(":")
        case "ipv6": CELReading.isIP(text) && text.contains(":")
        case "cidr": CELReading.isNetwork(text)
        case "date": CELReading.isTime(text + "T00:00:00Z")
        case "datetime": CELReading.isTime(text.uppercased())
        case "duration":
            CELReading.isDuration(text.filter { $0 != " " }) || matches(text, "duration")
        case "byte": Base64.decode(text) != nil
        case "k8sshortname": NameRules.dns1123Label(text).isEmpty
        case "k8slongname": NameRules.dns1123Subdomain(text).isEmpty
        case "isbn": matches(text, "isbn10") || matches(text, "isbn13")
        case "password": true
        default: matches(text, plain(format))
        }
    }

    private static func matches(_ text: String, _ name: String) -> Bool {
        guard let pattern = patterns[name] else { return true }
        return (try? pattern.matches(text)) ?? false
    }

    private static let hex = "[0-9a-fA-F]"

    private static let patterns: [String: Pattern] = {
        let texts = [
            "uuid": "^\(hex){8}-?\(hex){4}-?\(hex){4}-?\(hex){4}-?\(hex){12}$",
            "uuid3": "^\(hex){8}-?\(hex){4}-?3\(hex){3}-?\(hex){4}-?\(hex){12}$",
            "uuid4": "^\(hex){8}-?\(hex){4}-?4\(hex){3}-?[89abAB]\(hex){3}-?\(hex){12}$",
            "uuid5": "^\(hex){8}-?\(hex){4}-?5\(hex){3}-?[89abAB]\(hex){3}-?\(hex){12}$",
            "bsonobjectid": "^\(hex){24}$", "hexcolor": "^#?(\(hex){3}|\(hex){6})$",
            "rgbcolor": "^rgb\\(\\s*[0-9]{1,3}\\s*,\\s*[0-9]{1,3}\\s*,\\s*[0-9]{1,3}\\s*\\)$",
            "ssn": "^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$",
            "mac":
                "^(\(hex){2}[:-]){5}(\(hex){2}|\(hex){2}([:-]\(hex){2}){2}|\(hex){2}([:-]\(hex){2}){14})$",
            "email": "^[^@\\s]+@[^@\\s]+$",
            "hostname":
                "^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
            "isbn10": "^([0-9]-?){9}[0-9Xx]$", "isbn13": "^([0-9]-?){12}[0-9]$",
            "creditcard": "^[0-9 -]{13,23}$",
            "duration":
                "^\\s*([0-9]+\\s*(ns|us|µs|ms|s|m|h|d|w|nanos?|micros?|millis?|seconds?|minutes?|hours?|days?|weeks?|sec|min|hr|wk)\\s*)+$",
        ]
        var patterns: [String: Pattern] = [:]
        for (name, text) in texts { patterns[name] = try? Pattern(text) }
        return patterns
    }()
}

extension SchemaFormat {
    /// The formats that expressions can name (apiserver `cel/library/format.go`).
    static let named: [String: CELFormat] = {
        func format(
            _ name: String, _ size: Int, _ problems: @escaping @Sendable (String) -> [String]
        ) -> CELFormat {
            CELFormat(name: name, patternSize: size, problems: problems)
        }
        func plain(_ name: String, _ size: Int, _ format: String, _ problem: String) -> CELFormat {
            CELFormat(name: name, patternSize: size) { fits($0, format) ? [] : [problem] }
        }
        /// A name to which something is to be added may end in a dash.
        @Sendable func prefix(_ text: String) -> String {
            text.utf8.count > 1 && text.hasSuffix("-") ? String(text.dropLast()) + "a" : text
        }
        return [
            "dns1123Label": format("DNS1123Label", 30) { NameRules.dns1123Label($0) },
            "dns1123Subdomain": format("DNS1123Subdomain", 60) { NameRules.dns1123Subdomain($0) },
            "dns1035Label": format("DNS1035Label", 30) { NameRules.dns1035Label($0) },
            "dns1123LabelPrefix": format("DNS1123LabelPrefix", 30) {
                NameRules.dns1123Label(prefix($0))
            },
            "dns1123SubdomainPrefix": format("DNS1123SubdomainPrefix", 60) {
                NameRules.dns1123Subdomain(prefix($0))
            },
            "dns1035LabelPrefix": format("DNS1035LabelPrefix", 30) {
                NameRules.dns1035Label(prefix($0))
            },
            "qualifiedName": format("QualifiedName", 60) { NameRules.qualifiedName($0) },
            "labelValue": format("LabelValue", 40) { NameRules.labelValue($0) },
            "uri": plain("URI", 2000, "uri", "invalid URI for request"),
            "uuid": plain("uuid", 74, "uuid", "does not match the UUID format"),
            "byte": plain("byte", 90, "byte", "invalid base64"),
            "date": plain("date", 150, "date", "invalid date"),
            "datetime": plain("datetime", 150, "date-time", "invalid datetime"),
        ]
    }()
}
