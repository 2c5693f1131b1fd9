import Support

/// What a scenario is known by within its script.
package struct ScenarioIdentity: Codable, Hashable, Sendable {
    /// The title; of a script that is one scenario itself, the name of its file.
    package let title: String
    /// Its place among the scenarios of that title, from 0.
    package let ordinal: Int

    /// - Parameter path: stands for an empty title.
    package init(title: String, ordinal: Int, path: String) {
        self.title = title.isEmpty ? String(path.split(separator: "/").last ?? "") : title
        self.ordinal = ordinal
    }

    /// The same on every machine.
    var hash: UInt64 {
        var hash = StableHash()
        hash.combine(title)
        hash.combine(UInt64(ordinal))
        return hash.value
    }
}
