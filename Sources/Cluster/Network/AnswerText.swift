import Model
import Value

/// What stands for `{hostname}` and the like in texts of behaviors.
struct AnswerText {
    let hostname: String
    let pod: String
    let namespace: String
    let node: String
    let address: String
    let image: String
    var path = ""

    init(_ work: PodWork, image: ImageName, node: String, spec: Value) {
        pod = work.key.name
        namespace = work.key.namespace
        hostname = Self.hostname(spec, pod: work.key.name, node: node)
        self.node = node
        address = work.address
        self.image = image.text
    }

    /// What `hostname` says in a pod. Source: kubelet, GeneratePodHostNameAndDomain.
    static func hostname(_ spec: Value, pod: String, node: String) -> String {
        if spec.flag(.hostNetwork) { return node }
        let own = spec.text(.hostname)
        return own.isEmpty ? String(pod.prefix(63)) : own
    }

    /// The tag of the image; `latest` without one.
    var version: String {
        let name = image.split(separator: "@")[0]
        let last = name.split(separator: "/").last ?? name
        guard let colon = last.firstIndex(of: ":") else { return "latest" }
        return String(last[last.index(after: colon)...])
    }

    /// The names that texts can have in braces.
    package static let names = [
        "hostname", "pod", "namespace", "node", "ip", "image", "version", "path",
    ]

    private func value(_ name: Substring) -> String? {
        switch name {
        case "hostname": hostname
        case "pod": pod
        case "namespace": namespace
        case "node": node
        case "ip": address
        case "image": image
        case "version": version
        case "path": path
        default: nil
        }
    }

    /// `text` with what stands for the names in braces; other braces stay as they are.
    func filled(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let inner = rest[rest.index(after: open)...]
            if let close = inner.firstIndex(of: "}"), let value = value(inner[..<close]) {
                result += value
                rest = inner[inner.index(after: close)...]
            } else {
                result.append("{")
                rest = inner
            }
        }
        return result + rest
    }
}
