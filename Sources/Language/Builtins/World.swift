import Support
import Value

extension Builtins {
    /// Asking the cluster what is no field of an object.
    static let world: [Builtin] = [
        Builtin(
            "resolve", ["name", .optional("type")],
            "what the cluster's DNS says of a name to a pod in the namespace in force: its addresses, "
                + "or the records of another type; an empty list where there are none",
            example: "resolve(\"kubernetes.default\") == [\"10.96.0.1\"]", readsResources: true,
            run: { evaluator, arguments in
                let name = try evaluator.text(arguments, 0)
                let type = arguments.count > 1 ? try evaluator.text(arguments, 1) : "A"
                let resolution = try evaluator.host.resolve(name, type: type)
                evaluator.note(reads: resolution.reads)
                return .array(resolution.values.map { Value($0) })
            })
    ]
}
