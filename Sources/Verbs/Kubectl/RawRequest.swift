import API
import Model
import Value

/// `get --raw`: the paths of the API that a script may want to read.
struct RawRequest {
    let call: VerbCall

    func get() throws(VerbError) {
        if !call.arguments.isEmpty {
            throw .message("arguments may not be passed when --raw is specified")
        }
        let path = call.flags.string("raw").split(separator: "?").first.map(String.init) ?? ""
        let parts = path.split(separator: "/").map(String.init)
        switch parts.first {
        case "healthz", "livez", "readyz": call.context.output.write("ok")
        case "version":
            write(["gitVersion": Value(call.context.client.serverVersion)])
        case "api" where parts.count >= 3:
            try read(group: "", version: parts[1], Array(parts.dropFirst(2)))
        case "apis" where parts.count >= 4:
            try read(group: parts[1], version: parts[2], Array(parts.dropFirst(3)))
        default: throw notFound
        }
    }

    private var notFound: VerbError {
        .api(APIError(.notFound, "the server could not find the requested resource"), nil)
    }

    private func write(_ value: Value) {
        call.context.output.write(JSON.text(value, style: .canonical) + "\n")
    }

    /// `[namespaces/NS/]PLURAL[/NAME[/scale]]`.
    private func read(group: String, version: String, _ rest: [String]) throws(VerbError) {
        var rest = rest
        var namespace: String?
        if rest.count > 2, rest[0] == "namespaces" {
            namespace = rest[1]
            rest.removeFirst(2)
        }
        guard let plural = rest.first,
            let info = call.context.kinds.everyVersion.first(where: {
                $0.plural == plural && $0.group == group && $0.version == version
            })
        else { throw notFound }
        let client = call.context.client
        do throws(APIError) {
            switch rest.count {
            case 1:
                let list = try client.list(
                    info.kind, namespace: info.isNamespaced ? namespace : nil,
                    options: ListOptions())
                write([
                    .kind: Value("\(info.name)List"), .apiVersion: Value(info.apiVersion),
                    .metadata: [.resourceVersion: Value(String(list.resourceVersion))],
                    .items: .array(list.items),
                ])
            case 2:
                write(try client.get(info.kind, namespace: namespace ?? "", name: rest[1]))
            case 3 where rest[2] == "status":
                write(try client.get(info.kind, namespace: namespace ?? "", name: rest[1]))
            case 3 where rest[2] == "scale":
                write(try client.scale(info.kind, namespace: namespace ?? "", name: rest[1]))
            default:
                throw APIError(.notFound, "the server could not find the requested resource")
            }
        } catch {
            throw .api(error, info)
        }
    }
}
