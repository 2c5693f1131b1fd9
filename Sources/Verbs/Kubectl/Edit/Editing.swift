import API
import Model
import Support
import Tools
import Value
import YAML

/// An editor that is opened until what it leaves can be written: `edit`, `create --edit`, `apply
/// edit-last-applied`.
///
/// Source of rules and texts: kubectl's cmd/util/editor, editoptions.go.
final class Editing {
    /// What is done with the edited objects.
    enum Mode { case patch, create, lastApplied }

    let call: VerbCall
    let mode: Mode
    let printer: ResultPrinter
    private let editor: TextEditor
    private let isJSON: Bool
    /// What went wrong in this round.
    private var round = Round()

    /// How often an editor is opened again; kubectl sets no bound, but a program never tires.
    private static let mostRounds = 100

    struct Round {
        var reasons: [EditedText.Reason] = []
        /// Whether something could not be written that may be tried again, or is gone.
        var isRetryable = false
        var isGone = false
    }

    /// Throws where there is no editor.
    init(_ call: VerbCall, _ mode: Mode) throws(VerbError) {
        self.call = call
        self.mode = mode
        printer = try ResultPrinter(call)
        let output = call.flags.string("output")
        guard ["", "yaml", "json"].contains(output) else {
            throw .message(
                "unable to match a printer suitable for the output format \"\(output)\", allowed "
                    + "formats are: json,yaml")
        }
        isJSON = output == "json"
        guard let editor = call.context.session.editor else {
            throw .message(
                "there is no terminal for an editor here; say what it would do "
                    + "(`edit deployment/web { replace \"nginx:1.25\" with \"nginx:1.26\" }`), name a "
                    + "program as one (`KUBE_EDITOR=\"sed -i s/1.25/1.26/\" kubectl edit "
                    + "deployment/web`), or use `patch`, `set` or `apply -f`")
        }
        self.editor = editor
    }

    // MARK: The loop

    /// Opens the editor with the objects, and again until they can be written or nothing is changed.
    func run(_ objects: [FoundObject]) throws {
        let original = EditedText.body(objects.map(\.value), isJSON: isJSON)
        var edited: String?
        var kept: String?
        for _ in 0..<Self.mostRounds {
            let file = editor.edit(text(original, edited), isJSON ? ".json" : ".yaml")
            guard case .text(let text) = file.outcome else {
                throw preserving(kept, problem(file.outcome))
            }
            let content = EditedText.content(text)
            if let edited, EditedText.content(edited) == content {
                throw preserving(
                    file.path, .message("Edit cancelled, no valid changes were saved."))
            }
            if let kept { editor.remove(kept) }
            kept = file.path
            round = Round()
            edited = text
            if validates, let problem = ManifestReader.typeProblem(content) {
                invalid(
                    objects[0],
                    ["<nil>: Invalid value: \"The edited file failed validation\": \(problem)"])
                continue
            }
            if EditedText.content(original) == content { return cancel("no changes made.", file) }
            if EditedText.isEmpty(text) { return cancel("saved file was empty.", file) }
            let found = ManifestReader(call).read(text, from: "edited-file")
            if !found.errors.isEmpty {
                let problem = VerbError.several(found.errors).plainText
                round.reasons.append(
                    EditedText.Reason(head: "The edited file had a syntax error: \(problem)"))
                continue
            }
            do {
                try checkNamespaces(found.objects)
                try write(found.objects.map(annotated), objects)
            } catch let error as VerbError {
                throw preserving(file.path, error)
            }
            try finish(file.path)
            if round.reasons.isEmpty { return editor.remove(file.path) }
        }
        throw preserving(kept, .message("Edit cancelled, no valid changes were saved."))
    }

    /// What the editor is given: the objects, or what it left with the reasons on top.
    private func text(_ original: String, _ edited: String?) -> String {
        // A comment is no JSON.
        let header =
            isJSON ? "" : EditedText.header(round.reasons, isLastApplied: mode == .lastApplied)
        let endsAsWindows = call.flags.bool("windows-line-endings")
        func ended(_ text: String) -> String {
            guard endsAsWindows else { return text }
            return text.split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\r\n")
        }
        if let edited { return ended(header) + EditedText.withoutComments(edited) }
        return ended(header + original)
    }

    private var validates: Bool { !["ignore", "false"].contains(call.flags.string("validate")) }

    private func problem(_ outcome: EditedFile.Outcome) -> VerbError {
        if case .refused(let reason) = outcome { return .message(reason) }
        guard outcome == .missing else {
            return .message("there was a problem with the editor \"\(editor.name)\"")
        }
        var text = "unable to launch the editor \"\(editor.name)\""
        if !editor.isOwn, call.context.session.givesHints {
            text += "\n(a script's editor is one of its own tools: KUBE_EDITOR=\"sed -i s/a/b/\")"
        }
        return .message(text)
    }

    private func cancel(_ reason: String, _ file: EditedFile) {
        editor.remove(file.path)
        call.context.output.error("Edit cancelled, \(reason)\n")
    }

    /// Says where the changes are, if they are anywhere.
    private func preserving(_ path: String?, _ error: VerbError) -> VerbError {
        if let path, !path.isEmpty {
            call.context.output.error(
                "A copy of your changes has been stored to \"\(path)\"\n")
        }
        return error
    }

    /// What is said when all was tried. Throws where opening the editor again is of no use.
    private func finish(_ path: String) throws(VerbError) {
        if round.isRetryable {
            call.context.output.error(
                "You can run `kubectl replace -f \(path)` to try this update again.\n")
            throw .exit(1)
        }
        if round.isGone {
            call.context.output.error(
                "The edits you made on deleted resources have been saved to \"\(path)\"\n")
            throw .exit(1)
        }
    }

    // MARK: Objects

    private func checkNamespaces(_ objects: [FoundObject]) throws(VerbError) {
        for object in objects
        where object.info.isNamespaced && object.namespace != call.namespace {
            throw .message(
                "the namespace from the provided object \"\(object.namespace)\" does not match the "
                    + "namespace \"\(call.namespace)\". You must pass "
                    + "'--namespace=\(object.namespace)' to perform this operation.")
        }
    }

    /// With the annotations that `--save-config` and `--record` ask for.
    private func annotated(_ object: FoundObject) -> FoundObject {
        var result = object
        if call.flags.bool("save-config") { result.value = LastApplied.annotated(result.value) }
        result.value = ChangeCause.record(result.value, call)
        return result
    }

    private func write(_ edited: [FoundObject], _ originals: [FoundObject]) throws {
        for object in edited {
            try call.context.nextObject()
            switch mode {
            case .patch: try patch(object, originals)
            case .create: try create(object)
            case .lastApplied: try saveApplied(object, originals)
            }
        }
    }

    private func create(_ object: FoundObject) throws(VerbError) {
        var created = object
        let options = try call.writeOptions()
        do throws(APIError) {
            let result = try call.context.client.create(
                object.info.kind, namespace: object.namespace, object.value,
                options: options)
            call.warn(result.warnings)
            created.value = result.object
        } catch {
            throw .api(error, object.info)
        }
        try printer.confirm(created, "created")
    }

    /// Source: visitToApplyEditPatch. Manifests have no uid, so that upstream takes the first of them for
    /// the original of each.
    private func saveApplied(
        _ object: FoundObject, _ originals: [FoundObject]
    ) throws(VerbError) {
        guard originals[0].value != object.value else {
            return try printer.confirm(object, "skipped")
        }
        let text = JSON.text(object.value, style: .go)
        let annotations: Value = [Key(LastApplied.annotation): Value(text)]
        _ = try call.send(.merge([.metadata: [.annotations: annotations]]), to: object)
        try printer.confirm(object, "edited")
    }

    /// A text in the place of an object's, with what the server keeps of that object.
    private func completed(_ object: FoundObject, _ originals: [FoundObject]) -> FoundObject {
        guard editor.leavesWhole, originals.count == 1, object.value[.metadata][.uid].isNull,
            originals[0].reference == object.reference
        else { return object }
        var object = object
        let original = originals[0].value
        for key in ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"] {
            object.value[.metadata][Key(key)] = original[.metadata][Key(key)]
        }
        if object.value[.status].isNull { object.value[.status] = original[.status] }
        return object
    }

    private func patch(_ edited: FoundObject, _ originals: [FoundObject]) throws(VerbError) {
        let object = completed(edited, originals)
        let uid = object.value[.metadata][.uid]
        guard let original = originals.first(where: { $0.value[.metadata][.uid] == uid }) else {
            throw .message("no original object found for \(object.reference)")
        }
        guard original.value != object.value else {
            return try printer.confirm(object, "skipped")
        }
        let isSame =
            original.name == object.name
            && [Key.apiVersion, .kind].allSatisfy { original.value[$0] == object.value[$0] }
        guard isSame else {
            throw .message("At least one of apiVersion, kind and name was changed")
        }
        let type = FieldFacts.root(of: object.info.kind)
        let patch: Value =
            type == nil
            ? MergePatch.diff(from: original.value, to: object.value)
            : StrategicMergePatch.diff(from: original.value, to: object.value, type: type)
        if call.flags.bool("output-patch") {
            call.context.output.line("Patch: \(JSON.text(patch, style: .go))")
        }
        var result = object
        do throws(VerbError) {
            result.value = try call.send(
                type == nil ? .merge(patch) : .strategic(patch), to: object,
                subresource: Subresource(word: call.flags.string("subresource")) ?? .none
            ).object
        } catch {
            return refused(error, object)
        }
        try printer.confirm(result, "edited")
    }

    // MARK: Refusals

    /// Source: editResults.addError.
    private func refused(_ error: VerbError, _ object: FoundObject) {
        guard case .api(let refusal, _) = error, refusal.reason == .invalid else {
            let subject = "error: \(object.info.qualifiedPlural) \"\(object.name)\""
            if error.isNotFound {
                round.isGone = true
                call.context.output.error("\(subject) could not be found on the server\n")
            } else {
                round.isRetryable = true
                call.context.output.error(
                    "\(subject) could not be patched: \(error.plainText)\n")
            }
            return
        }
        invalid(object, refusal.causes.map { "\($0.field): \($0.message)" })
    }

    private func invalid(_ object: FoundObject, _ causes: [String]) {
        let subject = "\(object.info.qualifiedPlural) \"\(object.name)\""
        round.reasons.append(EditedText.Reason(head: "\(subject) was not valid", causes: causes))
        call.context.output.error("error: \(subject) is invalid\n")
    }
}
