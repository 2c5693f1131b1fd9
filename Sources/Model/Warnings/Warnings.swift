import Support
import Value

/// What the API server tells a client about an object that it takes all the same: `Warning: …`.
///
/// The object must have been decoded, defaulted and found valid. Warnings come in upstream's order;
/// where upstream's order is that of a Go map, by name.
///
/// Source: WarningsOnCreate and WarningsOnUpdate of the strategies of pkg/registry, and pkg/api, 1.36.
package enum Warnings {
    /// About a new object.
    package static func create(_ object: Value, kind: KindDescriptor) -> [String] {
        var warner = Warner()
        if !kind.kind.isBuiltIn { warner.finalizers(object, nil) }
        kind.rules.warnings(&warner, object, nil)
        return warner.warnings
    }

    /// About a new version of `old`.
    package static func update(_ object: Value, from old: Value, kind: KindDescriptor) -> [String] {
        var warner = Warner()
        if !kind.kind.isBuiltIn { warner.finalizers(object, old) }
        kind.rules.warnings(&warner, object, old)
        return warner.warnings
    }
}

/// Collects warnings. The rules are its methods: those of single kinds stand with their descriptors,
/// those that many share here.
package struct Warner {
    package private(set) var warnings: [String] = []

    mutating func add(_ warning: String) { warnings.append(warning) }

    mutating func add(_ path: ErrorPath, _ words: String) { add("\(path.text): \(words)") }
}

// MARK: - Rules that many share

extension Warner {
    /// The name of whatever makes pods ends up in names and host names of these.
    mutating func podName(
        of object: Value, usedIn place: String = "Pod names and hostnames"
    ) {
        let problems = NameRules.dns1123Label(object[.metadata].text(.name))
        guard !problems.isEmpty else { return }
        add(
            "metadata.name: this is used in \(place), which can result in surprising behavior; a "
                + "DNS label is recommended: [\(problems.joined(separator: " "))]")
    }

    /// Finalizers of custom objects that do not say whose they are.
    /// Source: apiextensions-apiserver, registry/customresource (validateKubeFinalizerName).
    mutating func finalizers(_ object: Value, _ old: Value?) {
        let known = old?[.metadata].list(.finalizers).compactMap(\.string) ?? []
        let new = object[.metadata].list(.finalizers).compactMap(\.string)
        for name in Set(new).subtracting(known).sorted() where !name.contains("/") {
            if ["kubernetes", "orphan", "foregroundDeletion"].contains(name) { continue }
            let path = name.contains(".") ? " including a path (/)" : ""
            add(
                "metadata.finalizers: \(JSON.text(Value(name))): prefer a domain-qualified finalizer "
                    + "name\(path) to avoid accidental conflicts with other finalizer writers")
        }
    }

    /// Source: pkg/api/node/util.go (GetNodeLabelDeprecatedMessage).
    static let deprecatedNodeLabels = [
        "beta.kubernetes.io/arch": "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os": "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region":
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        "failure-domain.beta.kubernetes.io/zone":
            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        "beta.kubernetes.io/instance-type":
            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
        "app.kubernetes.io/created-by": "deprecated since v1.9",
        "scheduler.alpha.kubernetes.io/preferAvoidPods":
            "deprecated since v1.22; use Taints and Tolerations instead",
        "node-role.kubernetes.io/master":
            "use \"node-role.kubernetes.io/control-plane\" instead",
    ]

    /// GetWarningsForNodeSelectorTerm.
    mutating func nodeSelectorTerm(
        _ term: Value, _ path: ErrorPath, checksValues: Bool = false
    ) {
        for (index, entry) in term.list(.matchExpressions).enumerated() {
            let place = path.child("matchExpressions")[index]
            let key = entry.text(.key)
            if let words = Self.deprecatedNodeLabels[key] {
                add(place.child("key"), "\(key) is \(words)")
            }
            guard checksValues else { continue }
            for (number, value) in entry.list(.values).enumerated() {
                let text = value.string ?? ""
                for problem in NameRules.labelValue(text) {
                    add(place.child("values")[number], "\(text) is invalid, \(problem)")
                }
            }
        }
    }

    /// A number of bytes that is none: `100m` of memory.
    mutating func wholeBytes(_ amounts: Value, _ name: Key, _ path: ErrorPath) {
        guard let amount = Quantity(amounts[name]), !amount.isInteger else { return }
        add(
            path.key(name.name),
            "fractional byte value \(GoSyntax.quote(amount.text)) is invalid, must be an integer")
    }

    /// GetWarningsForIP.
    mutating func address(_ text: String, _ path: ErrorPath) {
        guard let address = IPAddress(text), address.text != text else { return }
        if address.isIPv6 {
            add(
                path,
                "IPv6 address \(GoSyntax.quote(text)) should be in RFC 5952 canonical format "
                    + "(\(GoSyntax.quote(address.text)))")
        } else {
            add(
                path,
                "non-standard IP address \(GoSyntax.quote(text)) is invalid: use "
                    + GoSyntax.quote(address.text))
        }
    }

    /// GetWarningsForCIDR.
    mutating func range(_ text: String, _ path: ErrorPath) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let address = IPAddress(parts[0]), let bits = Int(parts[1]),
            (0...address.bitWidth).contains(bits)
        else { return }
        let first = "\(address.masked(to: bits).text)/\(bits)"
        let isAmbiguous = address.masked(to: bits) != address
        if isAmbiguous {
            add(
                path,
                "CIDR value \(GoSyntax.quote(text)) is ambiguous in this context (should be "
                    + "\(GoSyntax.quote(first)) or "
                    + "\(GoSyntax.quote("\(address.text)/\(address.bitWidth)"))?)")
        }
        if !address.isIPv6, address.text != parts[0] {
            add(
                path,
                "non-standard CIDR value \(GoSyntax.quote(text)) is invalid: use "
                    + GoSyntax.quote(first))
        } else if address.isIPv6, !isAmbiguous, "\(address.text)/\(bits)" != text {
            add(
                path,
                "IPv6 CIDR value \(GoSyntax.quote(text)) should be in RFC 5952 canonical format "
                    + "(\(GoSyntax.quote("\(address.text)/\(bits)")))")
        }
    }
}
