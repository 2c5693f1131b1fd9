import Support
import Value

extension KindDescriptor {
    /// Configuration as keys and texts.
    static func configMap(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ConfigMap", plural: "configmaps", shortNames: ["cm"], group: "",
            rules: KindRules(
                object: { $0.configMap($1) },
                change: { $0.immutableData($1, $2) }),
            texts: .configMap)
    }

    /// Bytes that are not shown.
    static func secret(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Secret", plural: "secrets", group: "",
            rules: KindRules(
                defaults: Defaults.secret,
                object: { $0.secret($1) },
                change: { $0.secretUpdate($1, $2) },
                selectableFields: SelectableFields(["type"])),
            texts: .secret)
    }

    /// The name under which pods act.
    static func serviceAccount(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ServiceAccount", plural: "serviceaccounts", shortNames: ["sa"], group: "",
            subresources: ["token"],
            rules: KindRules(warnings: { $0.serviceAccount($1, $2) }))
    }
}

extension Defaults {
    /// SetDefaults_Secret, and the conversion that moves `stringData` into `data`.
    static func secret(_ value: inout Value) {
        value.fill(.type, "Opaque")
        guard let texts = value[.stringData].object else { return }
        // Through a map of its own: writing into the object here crashes the optimiser of Swift 6.3.
        var data = value.map(.data)
        for entry in texts {
            data[entry.key] = Value(Base64.encode(Array((entry.value.string ?? "").utf8)))
        }
        value[.data] = data.isEmpty ? .null : .object(data)
        value[.stringData] = .null
    }
}

extension Validator {
    /// The largest ConfigMap or Secret, in bytes of its data.
    private static let dataBytes = 1024 * 1024

    /// ValidateConfigMap.
    mutating func configMap(_ object: Value) {
        var bytes = 0
        for key in [Key.data, .binaryData] {
            for field in object[key].fields.sortedByName {
                let name = field.key.name
                messages(NameRules.configMapKey(name), name, ErrorPath(key.name).key(name))
                if key == .data, object[.binaryData].fields.contains(field.key) {
                    add(
                        .invalid(
                            ErrorPath("data").key(name), Value(name),
                            "duplicate of key present in binaryData"))
                }
                bytes += (field.value.string ?? "").utf8.count
            }
        }
        // Upstream means the whole object.
        if bytes > Self.dataBytes { add(.tooLong(ErrorPath("[]"), Self.dataBytes)) }
    }

    /// ValidateSecret.
    mutating func secret(_ object: Value) {
        var bytes = 0
        for field in object[.data].fields.sortedByName {
            let name = field.key.name
            messages(NameRules.configMapKey(name), name, ErrorPath("data").key(name))
            bytes += (field.value.string ?? "").utf8.count * 3 / 4
        }
        if bytes > Self.dataBytes { add(.tooLong(ErrorPath("data"), Self.dataBytes)) }
        secretType(object, object[.data].fields)
    }

    /// What each type of Secret must hold.
    private mutating func secretType(_ object: Value, _ data: Object) {
        let path = ErrorPath("data")
        var required: [String] = []
        switch object.text(.type) {
        case "kubernetes.io/service-account-token":
            let name = "kubernetes.io/service-account.name"
            if object[.metadata][.annotations].text(Key(name)).isEmpty {
                add(.required(ErrorPath("metadata").child("annotations").key(name)))
            }
        case "kubernetes.io/dockercfg": dockerConfig(".dockercfg", data)
        case "kubernetes.io/dockerconfigjson": dockerConfig(".dockerconfigjson", data)
        case "kubernetes.io/basic-auth":
            // One of them is enough.
            if !data.contains("username"), !data.contains("password") {
                required = ["username", "password"]
            }
        case "kubernetes.io/tls": required = ["tls.crt", "tls.key"]
        case "kubernetes.io/ssh-auth":
            if object[.data].text("ssh-privatekey").isEmpty {
                add(.required(path.key("ssh-privatekey")))
            }
        default: break
        }
        for name in required where !data.contains(Key(name)) { add(.required(path.key(name))) }
    }

    /// The logins of registries are well-formed JSON. The problem is told, the content is not.
    private mutating func dockerConfig(_ name: String, _ data: Object) {
        let path = ErrorPath("data").key(name)
        guard let text = data[Key(name)].string else {
            add(.required(path))
            return
        }
        do throws(JSONError) {
            _ = try JSON.parse(bytes: Base64.decode(text) ?? [])
        } catch {
            add(.invalid(path, "<secret contents redacted>", error.message))
        }
    }

    /// ValidateSecretUpdate.
    mutating func secretUpdate(_ object: Value, _ old: Value) {
        immutable(object[.type], old[.type], ErrorPath("type"))
        immutableData(object, old)
    }

    /// ValidateConfigMapUpdate.
    mutating func immutableData(_ object: Value, _ old: Value) {
        guard old.flag(.immutable) else { return }
        let words = "field is immutable when `immutable` is set"
        if !object.flag(.immutable) { add(.forbidden(ErrorPath("immutable"), words)) }
        for key in [Key.data, .binaryData] where object[key] != old[key] {
            add(.forbidden(ErrorPath(key.name), words))
        }
    }
}

extension KindTexts {
    static let configMap = KindTexts(
        summaries: #"""
            ConfigMap.binaryData Bytes by key, in base64.
            ConfigMap.data Texts by key.
            ConfigMap.immutable Whether the data can never change again; false where none is given.
            """#)

    static let secret = KindTexts(
        summaries: #"""
            Secret.data Bytes by key, in base64.
            Secret.immutable Whether the data can never change again; false where none is given.
            Secret.stringData Texts by key; written into data and never shown.
            Secret.type What the keys mean, such as kubernetes.io/tls; Opaque where none is given.
            """#)
}
