import Support
import Value

extension KindDescriptor {
    /// A room for names. Its objects go before it does.
    static func namespace(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Namespace", plural: "namespaces", shortNames: ["ns"], group: "",
            isNamespaced: false,
            verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
            subresources: ["finalize", "status"],
            rules: KindRules(
                defaults: Defaults.namespace, name: NameRules.dns1123Label,
                status: { validator, new, _, _ in validator.namespaceStatus(new) },
                selectableFields: SelectableFields(only: ["metadata.name", "status.phase"])),
            texts: .namespace)
    }
}

extension Defaults {
    /// SetDefaults_Namespace: the label by which policies select namespaces.
    static func namespace(_ value: inout Value) {
        let name = value[.metadata].text(.name)
        if !name.isEmpty {
            value[.metadata][.labels]["kubernetes.io/metadata.name"] = Value(name)
        }
    }
}

extension KindTexts {
    static let namespace = KindTexts(
        summaries: #"""
            NamespaceSpec.finalizers Those who must clean up before the namespace goes.
            NamespaceStatus.phase Active, or Terminating while its objects are deleted.
            """#,
        values: #"""
            NamespaceStatus.phase Active Terminating
            """#)
}
