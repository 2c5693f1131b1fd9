import Model
import Support
import Value

extension Verb {
    /// `kubectl set serviceaccount`.
    static let setServiceAccount: Verb = {
        var verb = Verb("serviceaccount", summary: "Change the service account of pods")
        verb.aliases = ["sa"]
        verb.usage = "(-f FILE | TYPE NAME) SERVICE_ACCOUNT [flags]"
        verb.examples = ["set serviceaccount deployment web robot"]
        verb.flags = setFlags + [.record]
        verb.completes = .resources
        verb.run = { call in
            guard call.arguments.count > 1 || call.hasFiles,
                let name = call.arguments.last
            else { throw VerbError.message("serviceaccount is required") }
            let command = SetCommand(call: call)
            try command.update(Array(call.arguments.dropLast()), "serviceaccount") {
                value, info throws(VerbError) in
                try value.modify(at: command.podSpec(info, value)) { spec throws(VerbError) in
                    spec[.serviceAccountName] = Value(name)
                    spec[.serviceAccount] = Value(name)
                }
            }
        }
        return verb
    }()
}
