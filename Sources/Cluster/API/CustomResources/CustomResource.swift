import Model
import Schema
import Value

/// What one CustomResourceDefinition has the server serve.
struct CustomResource {
    /// The kind as which instances are stored, shown in the preferred version. It stays the same for good:
    /// instances that are still there when the definition comes again are served again.
    let kind: Kind
    /// The kinds of the other versions that were ever served, by version. Only looked up.
    var versions: [String: Kind] = [:]
    /// Those of them that are served.
    var served: [Kind] = []
}

extension APIServer {
    /// Serves what a definition says once it is established, and no more when it is gone.
    func serveCustomResources(by change: Change) {
        let definition = change.object
        guard change.type != .deleted, isEstablished(definition) else {
            withdrawCustomResource(definition.name)
            return
        }
        if let old = change.old, isEstablished(old), old.value[.spec] == definition.value[.spec],
            old.value[.status]["acceptedNames"] == definition.value[.status]["acceptedNames"]
        {
            return
        }
        serve(definition)
    }

    private func isEstablished(_ definition: StoredObject) -> Bool {
        Conditions(definition.value[.status][.conditions]).isTrue("Established")
    }

    private func withdrawCustomResource(_ name: String) {
        guard let resource = customResources[name] else { return }
        for kind in [resource.kind] + resource.served { kinds.withdraw(kind) }
        customResources[name]?.served = []
    }

    private func serve(_ definition: StoredObject) {
        let served = CustomResourceKinds.servedVersions(of: definition.value)
        guard let preferred = served.first else {
            withdrawCustomResource(definition.name)
            return
        }
        func descriptor(_ version: Value, stored: Kind?) -> (Kind) -> KindDescriptor {
            { kind in
                CustomResourceKinds.descriptor(
                    kind, definition: definition.value, version: version, stored: stored,
                    rules: Self.rules(of: version))
            }
        }
        var resource: CustomResource
        if let known = customResources[definition.name] {
            resource = known
            replace(known.kind, by: descriptor(preferred, stored: nil))
        } else {
            let kind = register(descriptor(preferred, stored: nil), strategy: .customResource)
            resource = CustomResource(kind: kind)
            onNewKind(kind)
        }
        ownership.reset(resource.kind, schema: Self.schema(of: preferred))
        let before = resource.served
        resource.served = []
        for version in served.dropFirst() {
            let make = descriptor(version, stored: resource.kind)
            let name = version.text(.name)
            if let known = resource.versions[name] {
                replace(known, by: make)
                resource.served.append(known)
            } else {
                let kind = register(make, strategy: .customResource)
                resource.versions[name] = kind
                resource.served.append(kind)
            }
        }
        for version in served.dropFirst() {
            if let kind = resource.versions[version.text(.name)] {
                ownership.reset(kind, schema: Self.schema(of: version))
            }
        }
        for kind in before where !resource.served.contains(kind) { kinds.withdraw(kind) }
        customResources[definition.name] = resource
    }

    private static func schema(of version: Value) -> Value {
        version["schema"]["openAPIV3Schema"]
    }

    /// What the schema of a version demands of its objects.
    private static func rules(of version: Value) -> KindRules {
        let schema = CustomResourceSchema(schema(of: version))
        return KindRules(
            defaults: { schema.fillDefaults(&$0) }, prune: { schema.prune(&$0) },
            creation: { validator, object in
                for error in schema.validate(object, old: nil) { validator.add(error) }
            },
            change: { validator, object, old in
                for error in schema.validate(object, old: old) { validator.add(error) }
            },
            status: { validator, object, old, _ in
                for error in schema.validate(object, old: old) { validator.add(error) }
            }, selectableFields: CustomResourceKinds.selectableFields(version))
    }

    private func replace(_ kind: Kind, by make: (Kind) -> KindDescriptor) {
        kinds.replace(kind, by: make(kind))
        install(.customResource, for: kind)
    }

    /// The kind as which the instances of a definition are stored; nil where it never was established.
    func instanceKind(of definition: String) -> Kind? { customResources[definition]?.kind }
}
