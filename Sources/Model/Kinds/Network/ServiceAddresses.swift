import Support
import Value

extension KindDescriptor {
    /// That an address is taken, and by whom.
    static func ipAddress(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "IPAddress", plural: "ipaddresses", shortNames: ["ip"],
            group: "networking.k8s.io", isNamespaced: false,
            rules: KindRules(
                name: NameRules.address, object: { $0.addressParent($1[.spec], ErrorPath("spec")) },
                change: {
                    $0.immutable(
                        $1[.spec]["parentRef"], $2[.spec]["parentRef"],
                        ErrorPath("spec").child("parentRef"))
                },
                selectableFields: SelectableFields(
                    only: ["metadata.name"])))
    }

    /// A range that addresses of Services come from.
    static func serviceCIDR(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ServiceCIDR", plural: "servicecidrs", group: "networking.k8s.io",
            isNamespaced: false, subresources: ["status"],
            rules: KindRules(
                creation: { $0.serviceRanges($1[.spec], ErrorPath("spec").child("cidrs")) },
                change: { $0.serviceRangeUpdate($1[.spec], $2[.spec]) },
                selectableFields: SelectableFields(
                    only: ["metadata.name"])))
    }
}

extension NameRules {
    /// IsValidIP, for names of addresses.
    static func address(_ text: String) -> [String] {
        var validator = Validator()
        _ = validator.strictAddress(text, .root)
        return validator.errors.map(\.detail)
    }
}

// Origin: pkg/apis/networking/validation/validation.go.
extension Validator {
    /// validateIPAddressParentReference.
    mutating func addressParent(_ spec: Value, _ path: ErrorPath) {
        let parent = spec["parentRef"]
        let place = path.child("parentRef")
        if parent.isNull { return add(.required(place)) }
        let group = parent.text(.group)
        if !group.isEmpty {
            messages(NameRules.dns1123Subdomain(group), group, place.child("group"))
        }
        for key in [Key.resource, .name] where parent.text(key).isEmpty {
            add(.required(place.child(key)))
        }
        for key in [Key.resource, .name, .namespace] where !parent.text(key).isEmpty {
            messages(NameRules.pathSegment(parent.text(key)), parent.text(key), place.child(key))
        }
    }

    /// validateServiceCIDRSpec.
    mutating func serviceRanges(_ spec: Value, _ path: ErrorPath) {
        let ranges = spec.list("cidrs")
        if ranges.isEmpty { return add(.required(path, "at least one CIDR required")) }
        if ranges.count > 2 {
            return add(
                .invalid(
                    path, json: "{\"CIDRs\":\(JSON.text(.array(ranges), style: .canonical))}",
                    "may only hold up to 2 values"))
        }
        var families: [Bool] = []
        for (index, range) in ranges.enumerated() {
            if let found = strictRange(range.string ?? "", path[index]) {
                families.append(found.isIPv6)
            }
        }
        if families.count == 2, families[0] == families[1] {
            add(
                .invalid(
                    path, json: JSON.text(.array(ranges), style: .canonical),
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and "
                        + "2001:db8::/64"))
        }
    }

    /// ValidateServiceCIDRUpdate: a range may get one of the other family, and nothing else.
    mutating func serviceRangeUpdate(_ new: Value, _ old: Value) {
        let (ranges, before) = (new.list("cidrs"), old.list("cidrs"))
        let path = ErrorPath("spec").child("cidrs")
        let growsSecond = before.count == 1 && ranges.count == 2
        guard ranges.count == before.count || growsSecond else {
            return add(
                .invalid(
                    path, json: JSON.text(.array(ranges), style: .canonical), "field is immutable"))
        }
        for (index, range) in before.enumerated() where ranges[index] != range {
            add(.invalid(path[index], ranges[index], "field is immutable"))
        }
        if growsSecond { serviceRanges(new, path) }
    }
}
