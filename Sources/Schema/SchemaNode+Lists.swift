import Model
import Support
import Value

extension SchemaNode {
    /// That lists of type `set` and `map` hold nothing twice (apiextensions `schema/listtype`).
    func checkListTypes(_ value: Value, _ path: SchemaPath) -> [FieldError] {
        switch value {
        case .array(let values):
            var errors: [FieldError] = []
            switch listType {
            case "set": errors += repeated(values, path) { $0 }
            case "map": errors += checkMap(values, path)
            default: break
            }
            guard let items else { return errors }
            for (index, element) in values.enumerated() where element.isCompound {
                errors += items.checkListTypes(element, path[index])
            }
            return errors
        case .object(let object):
            return object.sortedByName.flatMap { field -> [FieldError] in
                guard field.value.isCompound, let node = self.field(field.key) else { return [] }
                let isProperty = self[field.key] != nil
                let place =
                    isProperty ? path.child(field.key.name) : path.key(field.key.name)
                return node.checkListTypes(field.value, place)
            }
        case .null, .bool, .int, .double, .text, .opaque: return []
        }
    }

    /// Each element that is there for the second time; a third is not told.
    private func repeated(
        _ values: [Value], _ path: SchemaPath, _ identity: (Value) -> Value
    ) -> [FieldError] {
        var counts: [Value: Int] = [:]
        var errors: [FieldError] = []
        for (index, value) in values.enumerated() {
            let key = identity(value)
            counts[key, default: 0] += 1
            guard counts[key] == 2 else { continue }
            errors.append(
                FieldError(
                    path: path[index].text, reason: .duplicate, shown: GoSyntax.short(key)))
        }
        return errors
    }

    private func checkMap(_ values: [Value], _ path: SchemaPath) -> [FieldError] {
        for (index, value) in values.enumerated() {
            switch value {
            case .object, .null: continue
            case .bool, .int, .double, .text, .array, .opaque:
                return [
                    FieldError(
                        path: path[index].text, reason: .invalid, shown: GoSyntax.short(value),
                        detail: "must be an object for an array of list-type map")
                ]
            }
        }
        return repeated(values, path) { value in
            var keys = Object()
            for name in listKeys where value.fields.contains(Key(name)) {
                keys.set(Key(name), to: value[name])
            }
            return .object(keys)
        }
    }

    /// That embedded resources have a kind and a version (apiextensions `schema/objectmeta`).
    func checkEmbedded(_ value: Value, _ path: SchemaPath) -> [FieldError] {
        switch value {
        case .object(let object):
            var errors: [FieldError] = []
            if isEmbedded {
                for key in [Key.apiVersion, .kind] {
                    let place = path.child(key.name).text
                    if !object.contains(key) {
                        errors.append(FieldError(path: place, reason: .required))
                    } else if object[key].string == nil {
                        errors.append(
                            FieldError(
                                path: place, reason: .invalid, shown: GoSyntax.short(object[key]),
                                detail: "must be a string"))
                    } else if object[key].string == "" {
                        errors.append(
                            FieldError(
                                path: place, reason: .invalid, shown: "\"\"",
                                detail: "must not be empty"))
                    }
                }
            }
            for field in object.sortedByName where field.value.isCompound {
                guard let node = self.field(field.key) else { continue }
                let place =
                    self[field.key] != nil
                    ? path.child(field.key.name) : path.key(field.key.name)
                errors += node.checkEmbedded(field.value, place)
            }
            return errors
        case .array(let values):
            guard let items else { return [] }
            return values.enumerated().flatMap { items.checkEmbedded($1, path[$0]) }
        case .null, .bool, .int, .double, .text, .opaque: return []
        }
    }
}
