import API
import Support
import Value

/// `--record`: the command line as the annotation from which `rollout history` tells the cause. The verbs
/// that take it are those of kubectl 1.36: create, expose, run, set (but env and subject), scale,
/// autoscale, edit, label, annotate, patch and apply.
enum ChangeCause {
    static let annotation = "kubernetes.io/change-cause"

    /// `value` with the annotation when the call asks for it.
    static func record(_ value: Value, _ call: VerbCall) -> Value {
        guard call.flags.bool("record") else { return value }
        var result = value
        result[.metadata][.annotations][annotation] = Value(call.commandLine)
        return result
    }

    /// Writes the annotation to an object that was changed by other means, in a request of its own that
    /// may fail without a word, as kubectl does. Answers the object as it is then.
    static func recordAfterwards(_ object: FoundObject, _ call: VerbCall) -> FoundObject {
        guard call.flags.bool("record"), !call.flags.bool("local"),
            (try? call.dryRun()) == DryRun.none
        else { return object }
        let annotations: Value = [Key(annotation): Value(call.commandLine)]
        let patch = Patch.merge([.metadata: [.annotations: annotations]])
        guard let written = try? call.send(patch, to: object) else { return object }
        var result = object
        result.value = written.object
        return result
    }
}
