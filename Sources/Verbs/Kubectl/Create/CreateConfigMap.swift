import Model
import Value

extension Verb {
    /// `kubectl create configmap`.
    static let createConfigMap = generator(
        "configmap", aliases: ["cm"], summary: "Create a config map from texts and files",
        usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1] [flags]",
        examples: ["create configmap settings --from-literal=level=debug --from-file=app.ini"],
        flags: DataSources.flags,
        run: { call in
            let name = try call.onlyName()
            var value: Value = [.metadata: [.name: Value(name)]]
            for (key, text) in try DataSources(call: call, kindName: "ConfigMap").read() {
                value["data"][key] = Value(text)
            }
            try Creation(call).generate(.configMap, value, failing: "failed to create configmap:")
        })
}
