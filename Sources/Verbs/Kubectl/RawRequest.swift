import API
import Model
import Printers
import Value
import YAML

/// `--raw`: the paths of the API that a script may want to read, create at, replace and delete.
///
/// Source of rules and texts: kubectl's rawhttp.
struct RawRequest {
    let call: VerbCall

    // MARK: Requests

    func get() throws(VerbError) {
        if !call.arguments.isEmpty {
            throw .message("arguments may not be passed when --raw is specified")
        }
        let parts = try path().split(separator: "/").map(String.init)
        switch parts.first {
        case "healthz", "livez", "readyz": call.context.output.write("ok")
        case "version":
            write(["gitVersion": Value(call.context.client.serverVersion)])
        default: try read(try place(parts))
        }
    }

    /// `create --raw`: posts what `-f` names.
    func create() throws(VerbError) {
        let body = try body()
        let place = try place(try path().split(separator: "/").map(String.init))
        if place.part == "eviction", place.info.kind == .pod, let name = place.name {
            return try evict(name, in: place.namespace, body)
        }
        guard place.name == nil else { throw notAllowed(place.info) }
        write(
            try answer(place.info) { () throws(APIError) in
                let result = try call.context.client.create(
                    place.info.kind, namespace: place.namespace, body, options: WriteOptions())
                call.warn(result.warnings)
                return result.object
            })
    }

    /// Evicts a pod as an Eviction says. Source: the pod registry's EvictionREST.
    private func evict(
        _ name: String, in namespace: String, _ eviction: Value
    ) throws(VerbError) {
        _ = try answer(call.context.kinds[.pod]) { () throws(APIError) in
            guard eviction[.metadata].text(.name) == name else {
                throw .badRequest("name in URL does not match name in Eviction object")
            }
            let said = eviction["deleteOptions"]
            var options = DeleteOptions(gracePeriodSeconds: said["gracePeriodSeconds"].int)
            options.isDryRun = said.list("dryRun").contains("All")
            try call.context.client.evict(pod: name, namespace: namespace, options: options)
            return .null
        }
        call.context.output.write(
            JSON.text(
                [
                    .kind: "Status", .apiVersion: "v1", .metadata: .emptyObject,
                    .status: "Success", "code": 201,
                ]) + "\n")
    }

    /// `replace --raw`: puts what `-f` names.
    func replace() throws(VerbError) {
        let body = try body()
        let place = try place(try path().split(separator: "/").map(String.init))
        guard let name = place.name else { throw notAllowed(place.info) }
        guard let part = Subresource(word: place.part ?? "") else { throw notFound }
        write(
            try answer(place.info) { () throws(APIError) in
                let result = try call.context.client.replace(
                    place.info.kind, namespace: place.namespace, name: name, body,
                    subresource: part, options: WriteOptions())
                call.warn(result.warnings)
                return result.object
            })
    }

    /// `delete --raw`: deletes one object, with the options that `-f` names.
    func delete() throws(VerbError) {
        var options = DeleteOptions()
        if call.hasFiles {
            let body = try body()
            options.gracePeriodSeconds = body["gracePeriodSeconds"].int
            switch body.text("propagationPolicy") {
            case "Orphan": options.propagation = .orphan
            case "Foreground": options.propagation = .foreground
            case "Background": options.propagation = .background
            default: break
            }
        }
        let place = try place(try path().split(separator: "/").map(String.init))
        guard let name = place.name, place.part == nil else { throw notAllowed(place.info) }
        let object = try answer(place.info) { () throws(APIError) in
            try call.context.client.delete(
                place.info.kind, namespace: place.namespace, name: name, options: options)
        }
        // An object that has time to stop is the answer itself, one that is gone is told of.
        if !object[.metadata][.deletionTimestamp].isNull { return write(object) }
        var details: Object = [.name: Value(name)]
        if !place.info.group.isEmpty { details.append("group", Value(place.info.group)) }
        details.append(.kind, Value(place.info.plural))
        details.append(.uid, object[.metadata][.uid])
        call.context.output.write(
            JSON.text(
                [
                    .kind: "Status", .apiVersion: "v1", .metadata: .emptyObject,
                    .status: "Success", "details": .object(details),
                ]) + "\n")
    }

    // MARK: Paths

    /// An object, or all objects of a kind, as a path names them.
    private struct Place {
        let info: KindDescriptor
        var namespace = ""
        var name: String?
        /// What of the object: "status", "scale".
        var part: String?
    }

    /// The path without what follows a question mark.
    private func path() throws(VerbError) -> String {
        let path = call.flags.string("raw")
        if !path.hasPrefix("/") {
            throw .message(
                "--raw must be a valid URL path: parse \(GoSyntax.quoted(path)): invalid URI for "
                    + "request")
        }
        return path.split(separator: "?").first.map(String.init) ?? ""
    }

    /// `api/VERSION/…` and `apis/GROUP/VERSION/…`, then `[namespaces/NS/]PLURAL[/NAME[/PART]]`.
    private func place(_ parts: [String]) throws(VerbError) -> Place {
        let group: String
        let version: String
        var rest: ArraySlice<String>
        switch parts.first {
        case "api" where parts.count >= 3:
            (group, version, rest) = ("", parts[1], parts.dropFirst(2))
        case "apis" where parts.count >= 4:
            (group, version, rest) = (parts[1], parts[2], parts.dropFirst(3))
        default: throw notFound
        }
        var namespace = ""
        if rest.count > 2, rest.first == "namespaces" {
            namespace = rest[rest.startIndex + 1]
            rest = rest.dropFirst(2)
        }
        guard let plural = rest.popFirst(),
            let info = call.context.kinds.everyVersion.first(where: {
                call.context.kinds.serves($0.kind) && $0.plural == plural && $0.group == group
                    && $0.version == version
            })
        else { throw notFound }
        var place = Place(info: info, namespace: namespace)
        place.name = rest.popFirst()
        place.part = rest.popFirst()
        if !rest.isEmpty { throw notFound }
        return place
    }

    private func read(_ place: Place) throws(VerbError) {
        let client = call.context.client
        let info = place.info
        write(
            try answer(info) { () throws(APIError) in
                guard let name = place.name else {
                    let list = try client.list(
                        info.kind,
                        namespace: info.isNamespaced && !place.namespace.isEmpty
                            ? place.namespace : nil, options: ListOptions())
                    return [
                        .kind: Value("\(info.name)List"), .apiVersion: Value(info.apiVersion),
                        .metadata: [.resourceVersion: Value(String(list.resourceVersion))],
                        .items: .array(list.items.map(GoFieldOrder.ordered)),
                    ]
                }
                switch place.part {
                case nil, "status", "ephemeralcontainers", "resize":
                    return try client.get(info.kind, namespace: place.namespace, name: name)
                case "scale":
                    return try client.scale(info.kind, namespace: place.namespace, name: name)
                default:
                    throw APIError(.notFound, "the server could not find the requested resource")
                }
            })
    }

    // MARK: Bodies and answers

    /// The one document of `-f`, as it is.
    private func body() throws(VerbError) -> Value {
        try call.requireFiles()
        guard let path = call.flags.list("filename").first else {
            throw .message("must specify one of -f and -k")
        }
        let text: String
        if path == "-" {
            text = call.context.input()
        } else {
            do throws(FileProblem) {
                text = try call.context.files.read(path)
            } catch {
                throw .message("open \(path): \(error.message)")
            }
        }
        let stream = YAML.read(text)
        guard let document = stream.documents.first(where: { !$0.value.isNull }) else {
            throw .api(.badRequest("unexpected end of JSON input"), nil)
        }
        return document.value
    }

    private func answer(
        _ info: KindDescriptor, _ request: () throws(APIError) -> Value
    ) throws(VerbError) -> Value {
        do throws(APIError) {
            return try request()
        } catch {
            throw .api(error, info)
        }
    }

    private var notFound: VerbError {
        .api(APIError(.notFound, "the server could not find the requested resource"), nil)
    }

    private func notAllowed(_ info: KindDescriptor) -> VerbError {
        .api(
            APIError(
                .methodNotAllowed,
                "the server does not allow this method on the requested resource"), info)
    }

    /// An answer as the server writes it: in one line, fields in Go's order.
    private func write(_ value: Value) {
        call.context.output.write(JSON.text(GoFieldOrder.ordered(value)) + "\n")
    }
}
