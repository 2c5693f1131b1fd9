import Containers
import Model
import Value

/// The variables that a container's processes get.
///
/// Source: kubelet's makeEnvironmentVariables, getServiceEnvVarMap; envvars.FromServices.
struct ContainerEnvironment {
    private(set) var variables: [String: String] = [:]

    /// - Parameters:
    ///   - source: the config map or secret of a name, as it was when the container began.
    ///   - services: those of the pod's namespace and the API server's own, as they were then.
    init(
        _ container: Value, _ fields: DownwardFields, image: ContainerImage, hostname: String,
        services: [Value], source: (_ kind: Kind, _ name: String) -> Value?
    ) {
        var own: [String: String] = [:]
        for entry in container[.envFrom].elements {
            let prefix = entry.text(.prefix)
            for (reference, kind) in [
                (entry[.configMapRef], Kind.configMap), (entry[.secretRef], .secret),
            ]
            where !reference.isNull {
                guard let object = source(kind, reference.text(.name)) else { continue }
                for (key, value) in SourceData.texts(of: object, kind) { own[prefix + key] = value }
            }
        }
        var linked: [String: String] = [:]
        for service in services { Self.add(service, to: &linked) }
        for variable in container[.env].elements {
            let name = variable.text(.name)
            let text = variable.text(.value)
            if !text.isEmpty {
                own[name] = Self.expanded(text) { own[$0] ?? linked[$0] }
                continue
            }
            let origin = variable[.valueFrom]
            if let value = Self.value(of: origin, container, fields, source) {
                own[name] = value
            } else if origin.isNull {
                own[name] = ""
            }
        }
        variables = linked.merging(own) { _, own in own }
        for (name, value) in image.variables where variables[name] == nil {
            variables[name] = value
        }
        if variables["PATH"] == nil {
            variables["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        }
        if variables["HOSTNAME"] == nil { variables["HOSTNAME"] = hostname }
    }

    private static func value(
        of origin: Value, _ container: Value, _ fields: DownwardFields,
        _ source: (_ kind: Kind, _ name: String) -> Value?
    ) -> String? {
        if !origin[.fieldRef].isNull { return fields.field(origin[.fieldRef].text(.fieldPath)) }
        if !origin[.resourceFieldRef].isNull {
            return fields.resource(origin[.resourceFieldRef], container: container)
        }
        for (reference, kind) in [
            (origin[.configMapKeyRef], Kind.configMap), (origin[.secretKeyRef], .secret),
        ]
        where !reference.isNull {
            guard let object = source(kind, reference.text(.name)) else { return nil }
            return SourceData.texts(of: object, kind).first { $0.0 == reference.text(.key) }?.1
        }
        return nil
    }

    // MARK: Services

    /// `WEB_SERVICE_HOST`, `WEB_PORT_80_TCP_ADDR` and the others of one service.
    private static func add(_ service: Value, to variables: inout [String: String]) {
        let spec = service[.spec]
        let address = spec.text(.clusterIP)
        let ports = spec[.ports].elements
        guard !address.isEmpty, address != "None", let first = ports.first else { return }
        let prefix = name(service[.metadata].text(.name))
        variables["\(prefix)_SERVICE_HOST"] = address
        variables["\(prefix)_SERVICE_PORT"] = String(first.int(.port))
        for (place, port) in ports.enumerated() {
            let number = port.int(.port)
            let title = port.text(.name)
            if !title.isEmpty {
                variables["\(prefix)_SERVICE_PORT_\(name(title))"] = String(number)
            }
            let sort = port[.protocol].string ?? "TCP"
            let url = "\(sort.lowercased())://\(address):\(number)"
            if place == 0 { variables["\(prefix)_PORT"] = url }
            let own = "\(prefix)_PORT_\(number)_\(sort.uppercased())"
            variables[own] = url
            variables["\(own)_PROTO"] = sort.lowercased()
            variables["\(own)_PORT"] = String(number)
            variables["\(own)_ADDR"] = address
        }
    }

    private static func name(_ text: String) -> String {
        String(text.uppercased().map { $0 == "-" ? "_" : $0 })
    }

    // MARK: References

    /// A text with `$(NAME)` replaced by variables; unknown ones stay, `$$(NAME)` becomes `$(NAME)`.
    /// Source: third_party/forked/golang/expansion.
    static func expanded(_ text: String, _ lookup: (String) -> String?) -> String {
        guard text.contains("$") else { return text }
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "(", let end = rest.firstIndex(of: ")") {
                let name = String(rest[rest.index(after: rest.startIndex)..<end])
                result += lookup(name) ?? "$(\(name))"
                rest = rest[rest.index(after: end)...]
            } else {
                result += "$"
            }
        }
        return result + rest
    }
}

/// What a config map or a secret holds.
enum SourceData {
    /// Keys and bytes, by key.
    static func bytes(of object: Value, _ kind: Kind) -> [(key: String, bytes: [UInt8])] {
        var found: [(key: String, bytes: [UInt8])] = []
        for field in object[.data].fields {
            let text = field.value.string ?? ""
            found.append(
                (field.key.name, kind == .secret ? Base64.decode(text) ?? [] : Array(text.utf8)))
        }
        for field in object[.binaryData].fields {
            found.append((field.key.name, Base64.decode(field.value.string ?? "") ?? []))
        }
        return found.sorted { $0.key < $1.key }
    }

    /// Keys and texts, by key.
    static func texts(of object: Value, _ kind: Kind) -> [(String, String)] {
        bytes(of: object, kind).map { ($0.key, String(decoding: $0.bytes, as: UTF8.self)) }
    }
}
