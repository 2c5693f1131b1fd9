import API
import Model
import Schema
import Value

extension KindStrategy {
    /// Source: apiextensions-apiserver, registry/customresourcedefinition.
    static let customResourceDefinition = with { strategy in
        strategy.completeNew = { definition, _, _, _ in
            let stored = Self.storageVersion(definition)
            definition[.status] = stored.map { ["storedVersions": [Value($0)]] } ?? .null
        }
        strategy.completeChanged = { definition, _, _, _ in
            guard let stored = Self.storageVersion(definition) else { return }
            let known = definition[.status]["storedVersions"].elements
            guard !known.contains(where: { $0.string == stored }) else { return }
            definition[.status]["storedVersions"].append(Value(stored))
        }
        strategy.delete = { definition, options, server throws(APIError) in
            server.deleteDefinition(definition, options)
        }
        strategy.check = { definition, old in
            definition[.spec] == old?[.spec] ? [] : Self.ruleProblems(definition)
        }
    }

    /// What is wrong with the rules of a definition's schemas. Schemas that all versions have in common
    /// belong to the definition itself.
    private static func ruleProblems(_ definition: Value) -> [FieldError] {
        let versions = definition[.spec]["versions"].elements
        guard let first = versions.first?["schema"] else { return [] }
        if versions.allSatisfy({ $0["schema"] == first }) {
            return CustomResourceSchema.problems(
                of: first["openAPIV3Schema"], at: "spec.validation.openAPIV3Schema")
        }
        return versions.enumerated().flatMap { index, version in
            CustomResourceSchema.problems(
                of: version["schema"]["openAPIV3Schema"],
                at: "spec.versions[\(index)].schema.openAPIV3Schema")
        }
    }

    private static func storageVersion(_ definition: Value) -> String? {
        definition[.spec]["versions"].elements.first { $0["storage"].bool == true }?[.name].string
    }

    /// Its webhooks stand beside no spec.
    static let webhookConfiguration = with { strategy in
        strategy.specKeys = ["webhooks"]
        strategy.expressions = { PolicyCompiler.problems(of: $0) }
    }

    /// Their expressions are compiled when they are made.
    static let admissionPolicy = with { strategy in
        strategy.expressions = { PolicyCompiler.problems(of: $0) }
    }

    /// Source: apiextensions-apiserver, registry/customresource; new instances of a definition that is
    /// going are refused (forbidCreateAdmission).
    static let customResource = with { strategy in
        strategy.countsAllFields = true
        strategy.completeNew = { _, server, info, key throws(APIError) in
            let definition = server.find(.customResourceDefinition, name: info.qualifiedPlural)
            guard let definition,
                Conditions(definition.value[.status][.conditions]).isTrue("Terminating")
            else { return }
            throw .forbidden(
                info, key.name,
                "create not allowed while custom resource definition is terminating")
        }
    }
}

extension APIServer {
    static let instanceCleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io"

    /// The first deletion of a definition only marks it; its instances go before it.
    /// Source: apiextensions-apiserver, registry/customresourcedefinition/etcd.go.
    func deleteDefinition(
        _ current: StoredObject, _ options: DeleteOptions
    ) -> DeletionOutcome? {
        if current.isDeleting { return nil }
        var value = current.value
        value[.metadata][.deletionTimestamp] = timestamp
        Finalizers.add(Self.instanceCleanupFinalizer, to: &value)
        value[.status].conditions.set(
            Condition(
                type: "Terminating", status: "True", reason: "InstanceDeletionPending",
                message:
                    "CustomResourceDefinition marked for deletion; CustomResource deletion will "
                    + "begin soon"),
            transition: timestamp)
        if options.isDryRun { return .pending(current) }
        return .pending(
            commit(current.kind, current.key, old: current, value: value, verb: .delete))
    }
}
