import API
import Model
import Value

/// The door between the versions that clients speak and the kinds as which objects are stored.
extension APIServer {
    /// The kind as which the objects of `kind` are stored. Throws what a server answers to a request for
    /// something that it does not serve (any more); `verb` and `name` are those of the request.
    func stored(_ kind: Kind, _ verb: String, _ name: String = "") throws(APIError) -> Kind {
        let info = kinds[kind]
        guard kinds.serves(kind) else {
            let object = name.isEmpty ? "" : " \(name)"
            throw APIError(
                .notFound,
                "the server could not find the requested resource (\(verb) "
                    + "\(info.qualifiedPlural)\(object))", kind: kind, name: name)
        }
        if info.storedKind.isPolicy { establishPolicy() }
        return info.storedKind
    }

    /// The stored object of that name. Throws NotFound in the words of the version that was asked for.
    func require(
        _ kind: Kind, _ verb: String, namespace: String, name: String
    ) throws(APIError) -> StoredObject {
        let stored = try stored(kind, verb, name)
        guard let found = find(stored, namespace: namespace, name: name) else {
            throw .notFound(kinds[kind], name)
        }
        return found
    }

    /// A stored object as `kind` shows it.
    package func shown(_ value: Value, as kind: Kind) -> Value {
        if kind.isBuiltIn, kind.info.conversion == nil { return value }
        let info = kinds[kind]
        var result = info.conversion.map { $0.fromStored(value) } ?? value
        // What its schema has come to fill in since the object was written, a client sees all the same.
        if !kind.isBuiltIn { info.rules.defaults(&result) }
        // A definition may have come to prefer another version since the object was written.
        if result[.apiVersion].string != info.apiVersion {
            result[.apiVersion] = Value(info.apiVersion)
        }
        return result
    }

    /// A decoded object of a further version in the form in which it is stored, with the defaults of its
    /// own version; of any other kind as it is.
    func storedForm(_ value: Value, of info: KindDescriptor) -> Value {
        guard let conversion = info.conversion else { return value }
        var value = value
        setDefaults(&value, info)
        var result = conversion.toStored(value)
        let stored = kinds[conversion.stored]
        result[.apiVersion] = Value(stored.apiVersion)
        result[.kind] = Value(stored.name)
        return result
    }
}
