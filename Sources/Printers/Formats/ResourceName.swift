import Support
import Value

/// How kubectl names an object: `pod/web-0`, `deployment.apps/web`.
package enum ResourceName {
    /// The name by kind and group; `<unknown>` for what is missing.
    package static func text(_ object: Value) -> String {
        let kind = object[.kind].string ?? ""
        let name = object[.metadata][.name].string ?? ""
        let shownName = name.isEmpty ? "<unknown>" : name
        if kind.isEmpty { return "<unknown>/" + shownName }
        let version = object[.apiVersion].string ?? ""
        let lowered = kind.lowercased()
        guard let slash = version.firstIndex(of: "/") else { return "\(lowered)/\(shownName)" }
        return "\(lowered).\(version[..<slash])/\(shownName)"
    }

    /// The line that a command prints about an object: `pod/web created (dry run)`; the name alone
    /// where there is no operation.
    package static func line(_ object: Value, operation: String = "") -> String {
        text(object) + (operation.isEmpty ? "" : " " + operation) + "\n"
    }
}
