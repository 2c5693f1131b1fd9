/// A language in which `drydock learn` speaks.
package enum Tongue: String, CaseIterable, Sendable {
    case english = "en"
    case chinese = "zh"

    /// The language that a name of it begins with (`zh_CN.UTF-8`, `zh-Hans`, `en`); nil for others.
    package init?(named name: String) {
        let word = name.lowercased().prefix { $0.isLetter }
        guard let found = Self(rawValue: String(word)) else { return nil }
        self = found
    }

    /// The language of a machine: the first variable of `LC_ALL`, `LC_MESSAGES` and `LANG` that says
    /// something decides; English where it is none that is spoken here.
    ///
    /// Source of the order: POSIX, Base Definitions, 8.2.
    package init(variable: (String) -> String?) {
        self =
            Self.first(["LC_ALL", "LC_MESSAGES", "LANG"], variable).flatMap { Self(named: $0) }
            ?? .english
    }

    /// Whether the terminal shows more than ASCII: its character set is UTF-8.
    package static func showsUnicode(variable: (String) -> String?) -> Bool {
        let name = first(["LC_ALL", "LC_CTYPE", "LANG"], variable)?.lowercased() ?? ""
        return name.hasSuffix("utf-8") || name.hasSuffix("utf8")
    }

    private static func first(_ names: [String], _ variable: (String) -> String?) -> String? {
        names.lazy.compactMap(variable).first { !$0.isEmpty }
    }
}
