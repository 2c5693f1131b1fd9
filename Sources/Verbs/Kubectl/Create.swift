import Cluster
import Model
import Value

extension Verb {
    /// `kubectl create -f`, and its generators.
    static let create: Verb = {
        var verb = Verb("create", summary: "Create objects from manifests or from flags")
        verb.usage = "-f FILE [flags]"
        verb.examples = ["create -f web.yaml --save-config", "create deployment web --image=nginx"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .selector, .dryRun, .validate, .record,
            .fieldManager, .template, .showManagedFields,
            Flag("save-config", nil, .bool, "keep the manifest for a later apply"),
            Flag("edit", nil, .bool, "edit before creating: not possible in a script"),
        ]
        verb.completes = .files
        verb.run = create
        return verb
    }()

    private static func create(_ call: VerbCall) throws {
        guard call.flags.has("filename") || call.flags.has("kustomize") else {
            if !call.arguments.isEmpty {
                throw call.usageError(
                    "Unexpected args: [\(call.arguments.joined(separator: " "))]")
            }
            throw VerbError.message("must specify one of -f and -k")
        }
        let manifests = try call.manifests()
        if manifests.isEmpty { throw VerbError.message("no objects passed to create") }
        var errors: [VerbError] = []
        for manifest in manifests {
            do throws(VerbError) {
                try create(manifest, call)
            } catch {
                errors.append(error)
            }
        }
        try call.fail(errors)
    }

    /// Creates one object and says so. Also what the generators end in.
    static func create(_ manifest: FoundObject, _ call: VerbCall) throws(VerbError) {
        let dryRun = try call.dryRun()
        var created = manifest
        created.value = ChangeCause.record(manifest.value, call)
        if call.flags.bool("save-config") {
            created.value = LastApplied.annotated(created.value)
        }
        if dryRun != .client {
            let options = try call.writeOptions()
            do throws(APIError) {
                let result = try call.context.client.create(
                    manifest.info.kind, namespace: manifest.namespace, created.value,
                    options: options)
                for warning in result.warnings {
                    call.context.output.error("Warning: \(warning)\n")
                }
                created.value = result.object
            } catch {
                guard let source = manifest.source else {
                    throw .apiWhile(
                        "failed to create \(manifest.info.singular)", error, manifest.info)
                }
                throw .apiWhile("error when creating \"\(source)\"", error, manifest.info)
            }
        }
        try ResultPrinter(call: call).confirm(created, "created", dryRun: dryRun)
    }
}
