import Support
import Value

// The kinds of dynamic resource allocation, which are stored and shown; nothing allocates devices here.
extension KindDescriptor {
    /// A sort of devices.
    static func deviceClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "DeviceClass", plural: "deviceclasses", group: "resource.k8s.io",
            isNamespaced: false, hasGeneration: true)
    }

    /// That somebody wants devices.
    static func resourceClaim(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ResourceClaim", plural: "resourceclaims", group: "resource.k8s.io",
            subresources: ["status"], rules: KindRules(change: { $0.immutableSpec($1, $2) }))
    }

    /// What claims of pods are made from.
    static func resourceClaimTemplate(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ResourceClaimTemplate", plural: "resourceclaimtemplates",
            group: "resource.k8s.io", rules: KindRules(change: { $0.immutableSpec($1, $2) }))
    }

    /// Devices of a driver, on a node or for several.
    static func resourceSlice(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ResourceSlice", plural: "resourceslices", group: "resource.k8s.io",
            isNamespaced: false, hasGeneration: true,
            rules: KindRules(
                selectableFields: SelectableFields(
                    only: ["metadata.name", "spec.driver", "spec.nodeName"])))
    }
}

extension Validator {
    /// A claim, and a template of claims, stay as they were made.
    fileprivate mutating func immutableSpec(_ object: Value, _ old: Value) {
        immutable(object[.spec], old[.spec], ErrorPath("spec"))
    }
}
