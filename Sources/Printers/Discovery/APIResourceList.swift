import Model

/// The outputs of `kubectl api-resources` and `kubectl api-versions`.
package enum APIResourceList {
    /// The table of `kinds`, in their order (kubectl sorts by group and name).
    ///
    /// - Parameter isWide: adds VERBS and CATEGORIES (`-o wide`).
    /// - Parameter hidesHeaders: `--no-headers`.
    package static func table(
        _ kinds: [KindDescriptor], isWide: Bool = false, hidesHeaders: Bool = false
    ) -> String {
        var header = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"]
        if isWide { header += ["VERBS", "CATEGORIES"] }
        let rows = kinds.map { kind in
            var cells = [
                kind.plural, kind.shortNames.joined(separator: ","), kind.apiVersion,
                kind.isNamespaced ? "true" : "false", kind.name,
            ]
            if isWide {
                cells += [
                    kind.verbs.joined(separator: ","), kind.categories.joined(separator: ","),
                ]
            }
            return cells
        }
        let lines = (hidesHeaders ? [] : [header]) + rows
        return TabWriter.align(
            lines.map { $0.joined(separator: "\t") + "\n" }.joined(), .table)
    }

    /// `-o name`: `deployments.apps` on a line each.
    package static func names(_ kinds: [KindDescriptor]) -> String {
        kinds.map { $0.qualifiedPlural + "\n" }.joined()
    }

    /// The group versions on a line each, as `api-versions` prints them.
    package static func versions(_ versions: [String]) -> String {
        versions.map { $0 + "\n" }.joined()
    }
}
