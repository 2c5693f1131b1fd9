import Model
import Support
import Value

/// A config map or secret that a volume shows or that an environment takes values from.
struct ConfigReference {
    enum Sort { case configMap, secret }

    let sort: Sort
    let name: String
    let isOptional: Bool
    /// The keys that must be there.
    let keys: [String]
    /// The volume; empty for an environment.
    let volume: String

    // MARK: Finding references

    static func volumes(of spec: Value) -> [ConfigReference] {
        var found: [ConfigReference] = []
        for volume in spec[.volumes].elements {
            let name = volume.text(.name)
            found += references(volume, name, secretName: .secretName)
            for source in volume[.projected][.sources].elements {
                found += references(source, name, secretName: .name)
            }
        }
        // Every namespace gets this one (root-ca-cert-publisher), be it a moment later.
        return found.filter { $0.name != "kube-root-ca.crt" }
    }

    private static func references(
        _ source: Value, _ volume: String, secretName: Key
    ) -> [ConfigReference] {
        var found: [ConfigReference] = []
        let configMap = source[.configMap]
        if !configMap.isNull {
            found.append(
                ConfigReference(
                    sort: .configMap, name: configMap.text(.name),
                    isOptional: configMap.flag(.optional), keys: keys(configMap), volume: volume))
        }
        let secret = source[.secret]
        if !secret.isNull {
            found.append(
                ConfigReference(
                    sort: .secret, name: secret.text(secretName),
                    isOptional: secret.flag(.optional), keys: keys(secret), volume: volume))
        }
        return found
    }

    private static func keys(_ source: Value) -> [String] {
        source[.items].elements.map { $0.text(.key) }
    }

    /// In the order in which a kubelet resolves them: envFrom, then env.
    static func environment(of container: Value) -> [ConfigReference] {
        var found: [ConfigReference] = []
        for source in container[.envFrom].elements {
            for (field, sort) in [(Key.configMapRef, Sort.configMap), (.secretRef, .secret)]
            where !source[field].isNull {
                found.append(
                    ConfigReference(
                        sort: sort, name: source[field].text(.name),
                        isOptional: source[field].flag(.optional), keys: [], volume: ""))
            }
        }
        for variable in container[.env].elements {
            let source = variable[.valueFrom]
            for (field, sort) in [(Key.configMapKeyRef, Sort.configMap), (.secretKeyRef, .secret)]
            where !source[field].isNull {
                found.append(
                    ConfigReference(
                        sort: sort, name: source[field].text(.name),
                        isOptional: source[field].flag(.optional),
                        keys: [source[field].text(.key)], volume: ""))
            }
        }
        return found
    }

    // MARK: Resolving them

    private func find(_ api: APIServer, _ namespace: String) -> Value? {
        let kind: Kind = sort == .configMap ? .configMap : .secret
        return api.find(kind, ObjectKey(namespace: namespace, name: name))?.value
    }

    private func missingKey(_ object: Value) -> String? {
        keys.first { key in
            object[.data][Key(key)].isNull && object[.binaryData][Key(key)].isNull
                && object[.stringData][Key(key)].isNull
        }
    }

    /// Why the volume cannot be set up, in the words of the volume plugins; nil where it can.
    func mountFault(_ api: APIServer, _ namespace: String) -> String? {
        guard let object = find(api, namespace) else {
            if isOptional { return nil }
            return "\(sort == .configMap ? "configmap" : "secret") \"\(name)\" not found"
        }
        guard !isOptional, let key = missingKey(object) else { return nil }
        return "references non-existent \(sort == .configMap ? "config" : "secret") key: \(key)"
    }

    /// Why the environment cannot be made (kubelet's makeEnvironmentVariables); nil where it can.
    func environmentFault(_ api: APIServer, _ namespace: String) -> String? {
        guard let object = find(api, namespace) else {
            if isOptional { return nil }
            return "\(sort == .configMap ? "configmap" : "secret") \"\(name)\" not found"
        }
        guard !isOptional, let key = missingKey(object) else { return nil }
        let sort = sort == .configMap ? "ConfigMap" : "Secret"
        return "couldn't find key \(key) in \(sort) \(namespace)/\(name)"
    }
}
