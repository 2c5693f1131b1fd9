import Model
import Support
import Value
import YAML

extension Verb {
    /// `kubectl edit`: with the editor of `KUBE_EDITOR` or `EDITOR` in a shell line; a script has
    /// none.
    static let edit: Verb = {
        var verb = Verb("edit", summary: "Edit objects: needs an editor")
        verb.usage = "(TYPE/NAME | TYPE NAME | -f FILE)"
        verb.examples = ["edit deployment/web"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .template, .fieldManager, .saveConfig,
            .record, .showManagedFields, .validate, .allowMissingTemplateKeys,
        ]
        verb.completes = .resources
        verb.run = { call in try Editing(call).run() }
        return verb
    }()
}

/// One run of `kubectl edit`. Source of rules and texts: kubectl's cmd/util/editor.
private struct Editing {
    let call: VerbCall
    let printer: ResultPrinter

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        printer = try ResultPrinter(call)
    }

    private static let header = """
        # Please edit the object below. Lines beginning with a '#' will be ignored,
        # and an empty file will abort the edit. If an error occurs while saving this file will be
        # reopened with the relevant failures.
        #

        """

    func run() throws {
        let found = try call.find(allowsKindAlone: true)
        try call.fail(found.errors)
        let objects = found.objects
        guard !objects.isEmpty else { throw VerbError.message("edit cancelled, no objects found") }
        guard let editor = call.context.session.editor else {
            throw VerbError.message(
                "a script opens no editor; use `patch`, `set` or `apply -f` instead")
        }
        let list: Value = [
            .apiVersion: "v1", .kind: "List", .items: .array(objects.map(\.value)),
        ]
        let text = Self.header + YAMLPrinter.text(objects.count == 1 ? objects[0].value : list)
        guard let edited = editor.edit(text) else {
            throw VerbError.message(
                "there was a problem with the editor \"\(editor.name)\"")
        }
        if edited == text { return cancel("no changes made.") }
        let body = edited.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        if body.allSatisfy(\.isWhitespace) { return cancel("saved file was empty.") }
        let stream = YAML.read(body)
        guard stream.error == nil, let document = stream.documents.first else { throw giveUp() }
        try write(objects.count == 1 ? [document.value] : document.value.list(.items), objects)
    }

    private func write(_ edited: [Value], _ objects: [FoundObject]) throws {
        var isRefused = false
        for value in edited {
            guard
                let object = objects.first(where: {
                    isSame($0.value, value, .kind) && isSame($0.value, value, .apiVersion)
                        && $0.name == value[.metadata].text(.name)
                        && $0.namespace == value[.metadata].text(.namespace)
                })
            else {
                throw VerbError.message("At least one of apiVersion, kind and name was changed")
            }
            do throws(VerbError) {
                let result = try call.patch(object) { changed throws(VerbError) in changed = value }
                try printer.confirm(result ?? object, result == nil ? "skipped" : "edited")
            } catch {
                call.context.output.error(refusal(error, object))
                isRefused = true
            }
        }
        if isRefused { throw giveUp() }
    }

    private func isSame(_ one: Value, _ other: Value, _ key: Key) -> Bool { one[key] == other[key] }

    /// Source: editoptions.go, addError.
    private func refusal(_ error: VerbError, _ object: FoundObject) -> String {
        let subject = "error: \(object.info.qualifiedPlural) \"\(object.name)\""
        guard case .api(let refused, _) = error else { return error.text }
        switch refused.reason {
        case .invalid: return "\(subject) is invalid\n"
        case .notFound: return "\(subject) could not be found on the server\n"
        default: return "\(subject) could not be patched: \(refused.message)\n"
        }
    }

    private func cancel(_ reason: String) {
        call.context.output.error("Edit cancelled, \(reason)\n")
    }

    /// The editor is opened again and leaves the file as it is.
    private func giveUp() -> VerbError {
        call.context.output.error(
            "A copy of your changes has been stored to \"/tmp/kubectl-edit-1.yaml\"\n")
        return .message("Edit cancelled, no valid changes were saved.")
    }
}
