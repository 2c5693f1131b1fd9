/// The rules of an Ingress of `v1beta1` as `v1` writes them, line by line: the rest of the text stays.
///
/// Source: the deprecated API migration guide of Kubernetes, Ingress.
struct OldIngress {
    private(set) var lines: [String] = []
    private var name: (text: String, indent: String)?
    private var port: String?

    /// Nil where the lines are written as `v1` has them already.
    init?(_ old: [String]) {
        guard old.contains(where: { $0.contains("serviceName:") || $0.contains("servicePort:") })
        else { return nil }
        let hasTypes = old.contains { $0.contains("pathType:") }
        let specIndent = Self.firstIndent(old)
        for line in old {
            let indent = line.prefix { $0 == " " }
            let body = line.dropFirst(indent.count)
            if let value = Self.value("serviceName:", body) {
                name = (value, String(indent))
                endBackend()
            } else if let value = Self.value("servicePort:", body) {
                port = value
                endBackend()
            } else if body.hasPrefix("backend:"), indent == specIndent {
                lines.append("\(indent)defaultBackend:\(body.dropFirst("backend:".count))")
            } else if !hasTypes, body.hasPrefix("- backend:") {
                lines.append("\(indent)- pathType: ImplementationSpecific")
                lines.append("\(indent)  \(body.dropFirst(2))")
            } else if !hasTypes, body.hasPrefix("- path:") {
                lines.append(line)
                lines.append("\(indent)  pathType: ImplementationSpecific")
            } else {
                lines.append(line)
            }
        }
    }

    /// What indents the fields of `spec`.
    private static func firstIndent(_ lines: [String]) -> Substring {
        guard let spec = lines.firstIndex(where: { $0.hasPrefix("spec:") }) else { return "" }
        let next = lines[(spec + 1)...].first { !PageText.isBlank($0) }
        return next?.prefix { $0 == " " } ?? ""
    }

    private static func value(_ key: String, _ body: Substring) -> String? {
        guard body.hasPrefix(key) else { return nil }
        let text = PageText.trimmed(body.dropFirst(key.count).prefix { $0 != "#" })
        return text.trimmingQuotes
    }

    /// Writes a backend of which both the name and the port are known.
    private mutating func endBackend() {
        guard let name, let port else { return }
        let number = Int(port) == nil ? "name: \(port)" : "number: \(port)"
        lines += [
            "\(name.indent)service:", "\(name.indent)  name: \(name.text)",
            "\(name.indent)  port:", "\(name.indent)    \(number)",
        ]
        self.name = nil
        self.port = nil
    }
}
