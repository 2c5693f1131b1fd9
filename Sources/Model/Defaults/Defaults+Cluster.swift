import Support
import Value

extension Defaults {
    /// SetDefaults_Namespace: the label by which policies select namespaces.
    static func namespace(_ value: inout Value) {
        let name = value[.metadata].text(.name)
        if !name.isEmpty {
            value[.metadata][.labels]["kubernetes.io/metadata.name"] = Value(name)
        }
    }

    /// SetDefaults_NodeStatus: all of the capacity may be used.
    static func node(_ value: inout Value) {
        value.ifPresent(.status) { status in
            if !status[.capacity].isNull { status.fill(.allocatable, status[.capacity]) }
        }
    }

    /// SetDefaults_LimitRangeItem. A container's default limit is the maximum, its default request
    /// the default limit, or else the minimum.
    static func limitRange(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.forEach(.limits) { item in
                guard item[.type] == "Container" else { return }
                var limits = item.map(.default)
                add(item.map(.max), to: &limits)
                var requests = item.map(.defaultRequest)
                add(limits, to: &requests)
                add(item.map(.min), to: &requests)
                item[.default] = limits.isEmpty ? .null : .object(limits)
                item[.defaultRequest] = requests.isEmpty ? .null : .object(requests)
            }
        }
    }

    private static func add(_ amounts: Object, to target: inout Object) {
        for amount in amounts where !target.contains(amount.key) {
            target.append(amount.key, amount.value)
        }
    }

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

    /// SetDefaults_RoleBinding, SetDefaults_ClusterRoleBinding and SetDefaults_Subject.
    static func roleBinding(_ value: inout Value) {
        let group: Value = "rbac.authorization.k8s.io"
        value.ifPresent("roleRef") { $0.fill(.apiGroup, group) }
        value.forEach("subjects") { subject in
            if subject[.kind] == "User" || subject[.kind] == "Group" {
                subject.fill(.apiGroup, group)
            }
        }
    }

    /// SetDefaults_CustomResourceDefinitionSpec.
    static func customResourceDefinition(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.ifPresent(.names) { names in
                let kind = names.text(.kind)
                names.fill("singular", Value(kind.lowercased()))
                if !kind.isEmpty { names.fill("listKind", Value(kind + "List")) }
            }
            spec["conversion"].fill(.strategy, "None")
        }
    }
}

extension Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of Go's standard encoding, padded.
    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= 8 * UInt32(3 - group.count)
            for place in 0..<4 {
                let digit = alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]
                result.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
