import Model
import Printers
import Value

extension Verb {
    /// `kubectl create -f`, and its generators.
    static let create: Verb = {
        var verb = Verb("create", summary: "Create objects from manifests or from flags")
        verb.usage = "-f FILE [flags]"
        verb.examples = ["create -f web.yaml --save-config", "create deployment web --image=nginx"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .selector, .dryRun, .validate, .record,
            .fieldManager, .template, .allowMissingTemplateKeys, .showManagedFields, .saveConfig,
            .windowsLineEndings, Flag("edit", nil, .bool, "edit before creating"),
            Flag("raw", nil, .string, "a path of the API"),
        ]
        verb.subverbs = [
            .createClusterRole, .createClusterRoleBinding, .createConfigMap, .createCronJob,
            .createDeployment, .createIngress, .createJob, .createNamespace,
            .createPodDisruptionBudget, .createPriorityClass, .createQuota, .createRole,
            .createRoleBinding, .createSecret, .createService, .createServiceAccount,
            .createToken,
        ]
        verb.completes = .files
        verb.run = create
        return verb
    }()

    private static func create(_ call: VerbCall) throws {
        if call.flags.has("raw") {
            try call.requireFiles()
            try call.checkRaw()
            return try RawRequest(call: call).create()
        }
        if !call.arguments.isEmpty { throw call.unexpectedArguments }
        try call.requireFiles()
        _ = try call.writeOptions()
        if call.flags.bool("edit") { return try edit(call) }
        let creation = try Creation(call)
        let found = try call.findManifests()
        try call.forEach(found) { manifest throws(VerbError) in try creation.create(manifest) }
        if found.objects.isEmpty { throw VerbError.message("no objects passed to create") }
    }
}

extension Verb {
    /// `create --edit`: each object in an editor of its own.
    private static func edit(_ call: VerbCall) throws {
        let found = try call.findManifests()
        try call.visit(found) { manifest in try Editing(call, .create).run([manifest]) }
    }
}

/// What creating commands have in common: the request, and what is said of it.
struct Creation {
    let call: VerbCall
    let printer: ResultPrinter
    let dryRun: DryRun

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        printer = try ResultPrinter(call)
        dryRun = try call.dryRun()
    }

    /// Creates the object of a manifest and says so.
    func create(_ manifest: FoundObject) throws(VerbError) {
        let created = try create(manifest) { error in
            .apiWhile("error when creating \"\(manifest.source ?? "")\"", error, manifest.info)
        }
        try printer.confirm(created, "created", dryRun: dryRun)
    }

    /// Creates an object that the command itself made up and says so.
    ///
    /// - Parameter failing: what stands before the API's words when it refuses; nil for an error of
    ///   the server as it is. kubectl's generators differ in this.
    /// - Parameter operation: what happened, as the confirmation says.
    func generate(
        _ kind: Kind, _ value: Value, failing: String?, operation: String = "created"
    ) throws(VerbError) {
        try printer.confirm(try make(kind, value, failing: failing), operation, dryRun: dryRun)
    }

    /// Creates an object that the command itself made up without saying so; see
    /// ``generate(_:_:failing:operation:)``.
    func make(_ kind: Kind, _ value: Value, failing: String?) throws(VerbError) -> FoundObject {
        let info = call.context.kinds[kind]
        var object = FoundObject(info: info, value: value)
        object.value[.apiVersion] = Value(info.apiVersion)
        object.value[.kind] = Value(info.name)
        if info.isNamespaced, dryRun != .client || call.flags.has("namespace") {
            object.value[.metadata][.namespace] = Value(call.namespace)
        }
        GoZeroFields.fill(&object.value, kind: info)
        return try create(object) { error in
            failing.map { .message("\($0) \(error.message)") } ?? .api(error, info)
        }
    }

    private func create(
        _ object: FoundObject, refused: (APIError) -> VerbError
    ) throws(VerbError) -> FoundObject {
        var created = object
        created.value = ChangeCause.record(object.value, call)
        if call.flags.bool("save-config") {
            created.value = LastApplied.annotated(created.value)
        }
        if dryRun != .client {
            let options = try call.writeOptions()
            do throws(APIError) {
                let result = try call.context.client.create(
                    object.info.kind, namespace: object.namespace, created.value, options: options)
                call.warn(result.warnings)
                created.value = result.object
            } catch {
                throw refused(error)
            }
        }
        return created
    }
}
