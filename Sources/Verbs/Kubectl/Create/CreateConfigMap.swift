import Model
import Value

extension Verb {
    /// `kubectl create configmap`.
    static let createConfigMap = generator(
        "configmap", aliases: ["cm"], summary: "Create a config map from texts and files",
        usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1] [flags]",
        examples: ["create configmap settings --from-literal=level=debug --from-file=app.ini"],
        flags: DataSources.flags + [.appendHash],
        run: { call in
            let name = try call.onlyName()
            var value: Value = [.metadata: [.name: Value(name)]]
            for (key, bytes) in try DataSources(call: call, kindName: "ConfigMap").read() {
                if let text = String(validating: bytes, as: UTF8.self) {
                    value["data"][key] = Value(text)
                } else {
                    value["binaryData"][key] = Value(Base64.encode(bytes))
                }
            }
            if call.flags.bool("append-hash") {
                value[.kind] = "ConfigMap"
                let hash = KustomizeGenerator.hash(of: value, named: name)
                value[.metadata][.name] = Value("\(name)-\(hash)")
            }
            try Creation(call).generate(.configMap, value, failing: "failed to create configmap:")
        })
}
