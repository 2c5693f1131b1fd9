import Model
import Value

extension Verb {
    /// `kubectl edit`.
    static let edit: Verb = {
        var verb = Verb("edit", summary: "Edit objects with an editor, or with a program as one")
        verb.usage = "(TYPE/NAME | TYPE NAME | -f FILE)"
        verb.examples = ["edit deployment/web", "edit deployment web --output-patch -o json"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .template, .fieldManager, .saveConfig,
            .record, .showManagedFields, .validate, .allowMissingTemplateKeys,
            .windowsLineEndings,
            Flag("output-patch", nil, .bool, "print the patch that is sent"),
            Flag(
                "subresource", nil, .string,
                "the part that is changed instead: status, or resize, the resources of a pod",
                choices: ["status", "resize"]),
        ]
        verb.completes = .resources
        verb.run = { call in
            switch call.flags.string("subresource") {
            case "", "status", "resize": break
            case "scale":
                throw VerbError.message(
                    "--subresource=scale is not edited here; `scale` and `patch` change it")
            default:
                throw VerbError.plain(
                    "Error from server (NotFound): the server could not find the requested resource"
                )
            }
            let found = try call.find(allowsKindAlone: true)
            try call.fail(found.errors)
            if call.flags.string("subresource") == "resize",
                found.objects.contains(where: { $0.info.kind != .pod })
            {
                throw VerbError.plain(
                    "Error from server (NotFound): the server could not find the requested resource"
                )
            }
            guard !found.objects.isEmpty else {
                throw VerbError.message("edit cancelled, no objects found")
            }
            try Editing(call, .patch).run(found.objects)
        }
        return verb
    }()

    /// `kubectl apply edit-last-applied`.
    static let applyEditLastApplied: Verb = {
        var verb = Verb("edit-last-applied", summary: "Edit the manifest that was applied last")
        verb.usage = "(TYPE/NAME | TYPE NAME | -f FILE)"
        verb.examples = ["apply edit-last-applied deployment/web"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .template, .fieldManager,
            .showManagedFields, .validate, .allowMissingTemplateKeys, .windowsLineEndings,
        ]
        verb.completes = .resources
        verb.run = { call in
            let found = try call.find(allowsKindAlone: true)
            try call.fail(found.errors)
            var applied: [FoundObject] = []
            for object in found.objects {
                let original = LastApplied.original(of: object.value)
                if original.isNull { continue }
                applied.append(FoundObject(info: object.info, value: original))
            }
            guard !applied.isEmpty else {
                throw VerbError.message(
                    "no last-applied-configuration annotation found on resources, to create the "
                        + "annotation, use command `kubectl apply set-last-applied "
                        + "--create-annotation`")
            }
            try Editing(call, .lastApplied).run(applied)
        }
        return verb
    }()
}

extension Flag {
    /// `--windows-line-endings`.
    static let windowsLineEndings = Flag(
        "windows-line-endings", nil, .bool, "end the lines of the file as Windows does")
}
