import Value

/// `--record`: the command line as the annotation from which `rollout history` tells the cause.
enum ChangeCause {
    static let annotation = "kubernetes.io/change-cause"

    /// `value` with the annotation when the call asks for it.
    static func record(_ value: Value, _ call: VerbCall) -> Value {
        guard call.flags.bool("record") else { return value }
        var result = value
        result[.metadata][.annotations][annotation] = Value(call.commandLine)
        return result
    }
}
