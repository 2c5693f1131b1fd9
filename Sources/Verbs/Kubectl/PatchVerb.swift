import API
import Model
import Value
import YAML

extension Verb {
    /// `kubectl patch`.
    static let patch: Verb = {
        var verb = Verb("patch", summary: "Change fields of an object with a patch")
        verb.usage = "(-f FILE | TYPE NAME | TYPE/NAME) -p PATCH [flags]"
        verb.examples = [
            #"patch deploy web -p '{"spec":{"replicas":3}}'"#,
            #"patch sts mysql --type=json -p '[{"op":"replace","path":"/spec/replicas","value":2}]'"#,
        ]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .dryRun, .record, .local, .template,
            .allowMissingTemplateKeys,
            .fieldManager, .showManagedFields,
            Flag("patch", "p", .string, "the patch, as JSON or YAML"),
            Flag("patch-file", nil, .string, "a file with the patch"),
            Flag(
                "type", nil, .string, "json, merge or strategic", standard: "strategic",
                choices: ["json", "merge", "strategic"]),
            Flag(
                "subresource", nil, .string, "the part that is changed: status, scale, resize",
                choices: ["status", "scale", "resize", "ephemeralcontainers"]),
        ]
        verb.completes = .resources
        verb.run = patch
        return verb
    }()

    private static func patch(_ call: VerbCall) throws {
        let text = try patchText(call)
        let type = call.flags.string("type")
        guard ["json", "merge", "strategic"].contains(type) else {
            throw VerbError.message(
                "--type must be one of [json merge strategic], not \"\(type)\"")
        }
        let printer = try ResultPrinter(call)
        if call.flags.bool("local") {
            if !call.arguments.isEmpty {
                throw VerbError.message("cannot specify --local and server resources")
            }
            try call.refuseServerDryRun()
        }
        var query = ObjectQuery(call)
        query.isLocal = call.flags.bool("local")
        let found = try query.run()
        let patch = try parse(text, type)
        try call.forEach(found) { object throws(VerbError) in
            let dryRun = try call.dryRun()
            var result = object
            if dryRun == .client || call.flags.bool("local") {
                result.value = try apply(patch, to: object)
            } else if call.flags.string("subresource") == "scale" {
                return try patchScale(of: object, patch, printer)
            } else {
                do throws(VerbError) {
                    result.value = try call.send(
                        patch, to: object, subresource: call.subresource(of: object.info)
                    ).object
                } catch {
                    throw unsupported(error, type, object.info)
                }
            }
            let isSame = result.value == object.value
            result = ChangeCause.recordAfterwards(result, call)
            try printer.confirm(
                result, isSame && dryRun == .none ? "patched (no change)" : "patched",
                dryRun: dryRun)
        }
    }

    /// `--subresource=scale`: what can be changed of it is how many replicas are wanted.
    private static func patchScale(
        of object: FoundObject, _ patch: Patch, _ printer: ResultPrinter
    ) throws(VerbError) {
        let (call, info) = (printer.call, object.info)
        var scale = object
        let options = try call.writeOptions()
        do throws(APIError) {
            scale.value = try call.context.client.scale(
                info.kind, namespace: object.namespace, name: object.name)
            let old = scale.value
            do throws(VerbError) {
                scale.value = try apply(patch, to: scale)
            } catch {
                throw APIError.badRequest(error.plainText)
            }
            scale.value = try call.context.client.setScale(
                info.kind, namespace: object.namespace, name: object.name,
                replicas: scale.value[.spec].int(.replicas), options: options)
            let dryRun: DryRun = options.isDryRun ? .server : .none
            let isSame = scale.value == old && dryRun == .none
            let words = isSame ? "patched (no change)" : "patched"
            do throws(VerbError) {
                if printer.isPlain {
                    call.context.output.line(
                        "scale.autoscaling/\(object.name) \(words)\(dryRun.suffix)")
                } else {
                    try printer.write(scale.value)
                }
            } catch {
                throw APIError(.internalError, error.plainText)
            }
        } catch {
            throw .api(error, info)
        }
    }

    /// What kubectl says of a language of patches that the server does not know for a kind.
    private static func unsupported(
        _ error: VerbError, _ type: String, _ info: KindDescriptor
    ) -> VerbError {
        guard case .api(let refusal, _) = error, refusal.reason == .unsupportedMediaType else {
            return error
        }
        let language = type == "merge" || type == "json" ? type : "strategic-merge"
        return .message(
            "application/\(language)-patch+json is not supported by \(info.apiVersion), Kind="
                + "\(info.name): \(refusal.message)")
    }

    /// The patch carried out here, for `--local` and `--dry-run=client`.
    private static func apply(
        _ patch: Patch, to object: FoundObject
    ) throws(VerbError) -> Value {
        switch patch {
        case .apply(let config): return config
        case .merge(let patch): return MergePatch.apply(patch, to: object.value)
        case .json(let patch):
            do throws(JSONPatchError) {
                return try patch.apply(to: object.value)
            } catch {
                throw .message(error.message)
            }
        case .strategic(let patch):
            do throws(StrategicMergeError) {
                return try StrategicMergePatch.apply(
                    patch, to: object.value, type: FieldFacts.root(of: object.info.kind))
            } catch {
                throw .message(error.message)
            }
        }
    }

    private static func patchText(_ call: VerbCall) throws(VerbError) -> String {
        let (text, file) = (call.flags.string("patch"), call.flags.string("patch-file"))
        if !text.isEmpty, !file.isEmpty {
            throw .message("cannot specify --patch and --patch-file together")
        }
        if !file.isEmpty {
            do throws(FileProblem) {
                return try call.context.files.read(file)
            } catch {
                throw .message("unable to read patch file: open \(file): \(error.message)")
            }
        }
        if text.isEmpty {
            throw .message(
                "must specify --patch or --patch-file containing the contents of the patch")
        }
        return text
    }

    /// The patch as a value. What looks like JSON goes to the server as it is; else it is YAML.
    private static func read(_ text: String) throws(VerbError) -> Value {
        let bytes = Array(text.utf8)
        let start = bytes.first { !" \t\r\n".utf8.contains($0) }
        if start == UInt8(ascii: "{") {
            do throws(JSONError) {
                return try JSON.parse(bytes: bytes)
            } catch {
                throw .plain("Error from server (BadRequest): \(error.message)")
            }
        }
        let stream = YAML.read(text)
        guard stream.error == nil, let value = stream.documents.first?.value else {
            throw .message(
                "unable to parse \"\(text)\": "
                    + (stream.error?.kubectlMessage ?? "yaml: the patch is empty"))
        }
        return value
    }

    /// The patch in its language.
    private static func parse(_ text: String, _ type: String) throws(VerbError) -> Patch {
        let value = try read(text)
        switch type {
        case "json":
            if value.array == nil {
                let kind = value.fields.isEmpty ? "string" : "object"
                throw .plain(
                    "Error from server (BadRequest): error decoding patch: json: cannot unmarshal "
                        + "\(kind) into Go value of type []handlers.jsonPatchOp")
            }
            do throws(JSONPatchError) {
                return .json(try JSONPatch(value))
            } catch {
                throw .plain(
                    "The request is invalid: the server rejected our request due to an error in our "
                        + "request")
            }
        case "merge": return .merge(value)
        default: return .strategic(value)
        }
    }
}
