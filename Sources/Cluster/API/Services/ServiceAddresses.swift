import API
import Model
import Support
import Value

/// IP families and cluster IPs. Addresses come from the cluster's range above the band that is kept for
/// hand-picked ones (its first 256). Which one is drawn depends on the seed and the service's name.
extension APIServer {
    /// Fills in IP families and their policy. Source: initIPFamilyFields.
    func completeFamilies(
        _ spec: inout Value, old: Value?, _ info: KindDescriptor, _ key: ObjectKey
    ) throws(APIError) {
        guard spec.text(.type) != "ExternalName" else { return }
        let isFree = spec.text(.clusterIP) == "None" && spec[.selector].fields.isEmpty
        if spec[.ipFamilyPolicy].isNull {
            if let old, !old[.ipFamilyPolicy].isNull {
                spec[.ipFamilyPolicy] = old[.ipFamilyPolicy]
            } else {
                spec[.ipFamilyPolicy] = isFree ? "RequireDualStack" : "SingleStack"
            }
        }
        try refuse(Validation.serviceAddresses(spec), info, key)
        let isSingle = spec[.ipFamilyPolicy] == "SingleStack"
        if let old, isSingle {
            for field in [Key.clusterIPs, .ipFamilies]
            where spec[field] == old[field] && spec[field].count > 1 {
                spec[field] = [spec[field][0]]
            }
        }
        try refuse(familyErrors(&spec, isSingle), info, key)
        if isFree {
            // A headless Service without selector may have endpoints of both families.
            if spec[.ipFamilies].count == 0 { spec[.ipFamilies] = ["IPv4"] }
            if !isSingle, spec[.ipFamilies].count == 1 {
                let other: Value = spec[.ipFamilies][0] == "IPv4" ? "IPv6" : "IPv4"
                spec[.ipFamilies] = [spec[.ipFamilies][0], other]
            }
            return
        }
        var errors: [FieldError] = []
        if spec[.ipFamilyPolicy] == "RequireDualStack" {
            errors.append(
                Self.invalid(
                    "ipFamilyPolicy", "\"RequireDualStack\"",
                    "this cluster is not configured for dual-stack services"))
        }
        for (index, family) in spec[.ipFamilies].elements.enumerated() where family != "IPv4" {
            errors.append(
                Self.invalid(
                    "ipFamilies[\(index)]", "\"\(family.string ?? "")\"",
                    "not configured on this cluster"))
        }
        try refuse(errors, info, key)
        if spec[.ipFamilies].count == 0 { spec[.ipFamilies] = ["IPv4"] }
    }

    /// What contradicts a policy of one family; families that the addresses tell are filled in.
    private func familyErrors(_ spec: inout Value, _ isSingle: Bool) -> [FieldError] {
        var errors: [FieldError] = []
        if isSingle {
            let needsMore = "must be 'RequireDualStack' or 'PreferDualStack' when multiple"
            if spec[.clusterIPs].count == 2 {
                errors.append(
                    Self.invalid(
                        "ipFamilyPolicy", "\"SingleStack\"",
                        "\(needsMore) cluster IPs are specified"))
            }
            if spec[.ipFamilies].count == 2 {
                errors.append(
                    Self.invalid(
                        "ipFamilyPolicy", "\"SingleStack\"",
                        "\(needsMore) IP families are specified"))
            }
        }
        let list = spec[.clusterIPs].elements.compactMap(\.string)
        for (index, address) in list.enumerated() where address != "None" {
            guard index >= spec[.ipFamilies].count else { continue }
            if IPText.isIPv6(address) {
                errors.append(
                    Self.invalid(
                        "clusterIPs[\(index)]", Self.shown(list),
                        "IPv6 is not configured on this cluster"))
            } else {
                spec[.ipFamilies].append("IPv4")
            }
        }
        return errors
    }

    /// Allocates the cluster IP that was asked for, or any. Source: allocClusterIPs.
    func completeAddress(
        _ spec: inout Value, _ info: KindDescriptor, _ key: ObjectKey
    ) throws(APIError) {
        let wanted = spec[.clusterIPs][0].string ?? ""
        guard spec.text(.type) != "ExternalName", wanted != "None" else { return }
        var address = wanted
        if wanted.isEmpty {
            address = freeAddress(key)
        } else {
            let problem: String? =
                if !isServiceAddress(wanted) && !isInRange(wanted) {
                    "the provided IP (\(wanted)) is not in the valid range. The range of valid "
                        + "IPs is \(serviceRange)"
                } else if isTaken(wanted, except: key) {
                    "provided IP is already allocated"
                } else {
                    nil
                }
            if let problem {
                throw .invalid(
                    info, key.name,
                    [
                        Self.invalid(
                            "clusterIPs", Self.shown([wanted]),
                            "failed to allocate IP \(wanted): \(problem)")
                    ])
            }
        }
        spec[.clusterIP] = Value(address)
        spec[.clusterIPs] = [Value(address)]
    }

    // MARK: Drawing

    private func freeAddress(_ key: ObjectKey) -> String {
        var random = identities.stream("cluster IP", "\(key)")
        while true {
            let range = serviceAddresses
            let offset = 256 + random.below(Int(range.last - range.first) + 1 - 258)
            let number = range.first + UInt32(offset)
            let parts = [24, 16, 8, 0].map { String(number >> UInt32($0) & 255) }
            let address = parts.joined(separator: ".")
            if !isTaken(address, except: key) { return address }
        }
    }

    private func isInRange(_ address: String) -> Bool {
        guard let parts = DNSName.ipv4(address) else { return false }
        let number = parts.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        // Neither the network's own address nor the last one.
        return number > serviceAddresses.first && number < serviceAddresses.last
    }

    // MARK: Errors

    private func refuse(
        _ errors: [FieldError], _ info: KindDescriptor, _ key: ObjectKey
    ) throws(APIError) {
        if !errors.isEmpty { throw .invalid(info, key.name, errors) }
    }

    static func invalid(_ field: String, _ shown: String, _ detail: String) -> FieldError {
        FieldError(path: "spec.\(field)", reason: .invalid, shown: shown, detail: detail)
    }

    private static func shown(_ list: [String]) -> String {
        JSON.text(Value(strings: list), style: .canonical)
    }
}
