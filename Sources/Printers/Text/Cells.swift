import Support
import Value

/// How single fields of an object become text, shared by tables and descriptions.
extension Value {
    /// A string as it is, a number or boolean as Go's `%v` prints it; "" for everything else.
    var cellText: String {
        switch self {
        case .text(let text): text.string
        case .int(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .double(let number): JSON.text(.double(number))
        case .opaque(let value): value.text ?? ""
        case .null, .array, .object: ""
        }
    }

    /// The text, or `placeholder` where the field is absent or empty.
    func cellText(or placeholder: String) -> String {
        let text = cellText
        return text.isEmpty ? placeholder : text
    }

    /// An integer; a field that is absent reads 0, as in Go's structs.
    var cellInt: Int { int ?? 0 }

    /// "True", "False", or `unset` where the field is absent.
    func cellBool(unset: String) -> String {
        switch bool {
        case true: "True"
        case false: "False"
        case nil: unset
        }
    }

    /// The elements of a list of texts.
    var texts: [String] { elements.map(\.cellText) }

    /// `metadata.name`.
    var objectName: String { self[.metadata][.name].cellText }

    /// `metadata.namespace`; "" for objects outside namespaces.
    var objectNamespace: String { self[.metadata][.namespace].cellText }

    /// The annotation `name`, or null.
    func annotation(_ name: String) -> Value { self[.metadata][.annotations][name] }

    /// The element of a list of conditions whose `type` is this, or null.
    func condition(_ type: String) -> Value {
        elements.first { $0[.type].string == type } ?? .null
    }

    /// Whether the list of conditions holds `type` with status True.
    func isConditionTrue(_ type: String) -> Bool {
        condition(type)[.status].string == "True"
    }

    /// The owner reference marked as controller, or null.
    var controllerReference: Value {
        self[.metadata][.ownerReferences].elements.first { $0[.controller].bool == true } ?? .null
    }

    /// The quantity's text; a quantity that is absent reads "0", as in Go's structs.
    var quantityText: String { cellText(or: "0") }
}

/// `list`, in the order of its texts and without repetitions, as Go's string sets list themselves.
func sortedSet(_ list: some Sequence<String>) -> [String] {
    var result: [String] = []
    for text in list.sorted(by: goLess) where result.last != text { result.append(text) }
    return result
}

/// The order of Go's strings: byte by byte.
func goLess(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}

/// `a,b,c + 2 more...`: at most `limit` of `list`, which holds the first of `count` texts.
func listWithMore(_ list: [String], count: Int, limit: Int = 3) -> String {
    let shown = list.prefix(limit).joined(separator: ",")
    return count > limit ? "\(shown) + \(count - limit) more..." : shown
}

/// Go's net.JoinHostPort: IPv6 addresses in brackets.
func hostAndPort(_ host: String, _ port: String) -> String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
}

/// The roles of a node: the labels `node-role.kubernetes.io/ROLE` and `kubernetes.io/role=ROLE`.
func nodeRoles(_ node: Value) -> [String] {
    let prefix = "node-role.kubernetes.io/"
    var roles: [String] = []
    for field in node[.metadata][.labels].fields {
        let name = field.key.name
        if name.hasPrefix(prefix) {
            roles.append(String(name.dropFirst(prefix.count)))
        } else if name == "kubernetes.io/role" {
            roles.append(field.value.cellText)
        }
    }
    return sortedSet(roles.filter { !$0.isEmpty })
}

/// `RWO,RWX`: the short names of the access modes, always in this order.
/// Source: pkg/apis/core/helper, GetAccessModesAsString.
func accessModesText(_ modes: Value) -> String {
    let names = modes.texts
    let short = [
        ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ]
    return short.filter { names.contains($0.0) }.map(\.1).joined(separator: ",")
}

/// The storage class of a volume or claim; the beta annotation wins over the field.
func storageClassName(_ object: Value) -> String {
    let beta = object.annotation("volume.beta.kubernetes.io/storage-class")
    return beta.isNull ? object[.spec][.storageClassName].cellText : beta.cellText
}

/// Whether a StorageClass is the default one, by the annotation or its beta name.
func isDefaultClass(_ storageClass: Value) -> Bool {
    [
        "storageclass.kubernetes.io/is-default-class",
        "storageclass.beta.kubernetes.io/is-default-class",
    ]
    .contains { storageClass.annotation($0).string == "true" }
}

/// The addresses or host names of a load balancer, sorted.
func loadBalancerAddresses(_ status: Value) -> [String] {
    sortedSet(
        status[.ingress].elements.compactMap { ingress in
            ingress[.ip].string.flatMap { $0.isEmpty ? nil : $0 } ?? ingress[.hostname].string
        }.filter { !$0.isEmpty })
}

/// Load balancer addresses, shortened to 16 characters unless the output is wide.
func shortenedAddresses(_ status: Value, isWide: Bool) -> String {
    let width = 16
    let text = loadBalancerAddresses(status).joined(separator: ",")
    return isWide || text.utf8.count <= width ? text : "\(text.prefix(width - 3))..."
}
